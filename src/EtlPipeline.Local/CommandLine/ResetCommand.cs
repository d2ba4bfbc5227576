using System.CommandLine;
using EtlPipeline.Local.Demo;

namespace EtlPipeline.Local.CommandLine;

/// <summary>Deletes the demo.</summary>
internal sealed class ResetCommand : ICommand
{
    public Command Define() => new("reset", "Stop the demo's PostgreSQL and delete everything that the demo made.");

    public async Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.DemoFolder;
        if (!folder.Exists)
        {
            context.Terminal.WriteNote($"There is no demo in {folder.Root}; nothing was deleted.");
            return;
        }

        await using (await DemoLock.TakeAsync(folder, context.Terminal, context.Clock, cancellationToken))
        {
            await DemoServer.DeleteAsync(folder, cancellationToken);
            folder.Clear();
        }

        folder.Delete();
        context.Terminal.WriteNote($"Deleted {folder.Root}.");
    }
}
