using System.CommandLine;
using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.CommandLine;

/// <summary>Ends the demo's server.</summary>
internal sealed class StopCommand : ICommand
{
    public Command Define() => new("stop", "Stop the demo's PostgreSQL. The data stays, and the next call goes on from there.");

    public async Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.DemoFolder.Exists)
        {
            context.Terminal.WriteNote($"There is no demo in {context.DemoFolder.Root}.");
            return;
        }

        await using var hold = await DemoLock.TakeAsync(context.DemoFolder, context.Terminal, context.Clock, cancellationToken);
        var wasRunning = await DemoServer.StopAsync(context.DemoFolder, cancellationToken);
        context.Terminal.WriteNote(wasRunning ? "The demo's PostgreSQL is stopped." : "The demo's PostgreSQL was not running.");
    }
}
