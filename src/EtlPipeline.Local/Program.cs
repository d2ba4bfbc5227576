using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Terminals;

return await new LocalCommandLine(Terminal.OfProcess, TimeProvider.System).InvokeAsync(args);
