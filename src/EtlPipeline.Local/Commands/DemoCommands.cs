using System.CommandLine;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.Commands;

/// <summary>The whole pipeline on this machine, with nothing to set up. It is the default command.</summary>
internal sealed class DemoCommand : ICommand
{
    public Command Define() => new(
        "demo", "Start a private PostgreSQL, fill a database, and let the pipeline follow a simulated business day; each further call lives the next day. The default.");

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.DemoFolder.Prepare();
        await using var hold = await DemoLock.TakeAsync(context.DemoFolder, context.Terminal, context.Clock, cancellationToken);
        return await new DemoRun(context.Terminal, context.DemoFolder, context.Run, context.DemoHint, context.Clock).RunAsync(cancellationToken);
    }
}

/// <summary>Stops the demo's server.</summary>
internal sealed class StopCommand : ICommand
{
    public Command Define() => new("stop", "Stop the demo's PostgreSQL. The data stays, and the next call goes on from there.");

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.DemoFolder.Exists)
        {
            context.Terminal.WriteNote($"There is no demo in {context.DemoFolder.Root}.");
            return ExitCode.Success;
        }

        await using var hold = await DemoLock.TakeAsync(context.DemoFolder, context.Terminal, context.Clock, cancellationToken);
        var wasRunning = await DemoServer.StopAsync(context.DemoFolder, cancellationToken);
        context.Terminal.WriteNote($"The demo's PostgreSQL in {context.DemoFolder.Root} {(wasRunning ? "is stopped" : "was not running")}.");
        return ExitCode.Success;
    }
}

/// <summary>Deletes the demo.</summary>
internal sealed class ResetCommand : ICommand
{
    public Command Define() => new("reset", "Stop the demo's PostgreSQL and delete everything that the demo made.");

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.DemoFolder;
        if (!folder.Exists)
        {
            context.Terminal.WriteNote($"There is no demo in {folder.Root}; nothing was deleted.");
            return ExitCode.Success;
        }

        await using (await DemoLock.TakeAsync(folder, context.Terminal, context.Clock, cancellationToken))
        {
            await DemoServer.DeleteAsync(folder, cancellationToken);
            folder.Clear();
        }

        folder.Delete();
        context.Terminal.WriteNote($"Deleted {folder.Root}.");
        return ExitCode.Success;
    }
}
