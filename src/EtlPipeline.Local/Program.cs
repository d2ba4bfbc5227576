using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Terminals;

return await new LocalCommandLine(Terminal.OfProcess, LaunchEnvironment.OfProcess, TimeProvider.System).InvokeAsync(args, CancellationToken.None);
