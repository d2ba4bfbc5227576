using System.CommandLine;
using EtlPipeline.Local.CommandLine;

namespace EtlPipeline.Local.Commands;

/// <summary>Compares the warehouse with the source.</summary>
internal sealed class ReconcileCommand : ICommand
{
    public Command Define() => new("reconcile", "Compare the warehouse with the source, row by row.");

    public Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken) => throw new NotImplementedException();
}
