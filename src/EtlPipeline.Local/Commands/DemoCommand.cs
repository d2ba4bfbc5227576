using System.CommandLine;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.Commands;

/// <summary>The whole way on this machine, with nothing to set up: what is done if no command is given.</summary>
internal sealed class DemoCommand : ICommand
{
    public Command Define() => new(
        "demo", "Start a private PostgreSQL, fill a database, and let the pipeline follow a simulated day; each call lives the next. The default.");

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.DemoFolder.Prepare();
        await using var hold = await DemoLock.TakeAsync(context.DemoFolder, context.Terminal, context.Clock, cancellationToken);
        return await new DemoRun(context.Terminal, context.DemoFolder, context.Run, context.DemoHint, context.Clock).RunAsync(cancellationToken);
    }
}
