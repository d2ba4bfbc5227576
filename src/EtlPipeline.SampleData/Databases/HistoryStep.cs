using EtlPipeline.SampleData.Tables;
using Npgsql;

namespace EtlPipeline.SampleData.Databases;

/// <summary>What happens between two states, as the statements of one transaction in the order that the foreign keys ask for.</summary>
internal static class HistoryStep
{
    public static async Task ApplyAsync(
        NpgsqlConnection connection, SampleState earlier, SampleState later, CancellationToken cancellationToken)
    {
        var changes = TotesysTables.All.Select(table => new TableChanges(table, earlier, later)).ToArray();
        foreach (var table in changes) await table.InsertAsync(connection, cancellationToken);
        foreach (var table in changes) await table.UpdateAsync(connection, cancellationToken);
        foreach (var table in changes.Reverse()) await table.DeleteAsync(connection, cancellationToken);
    }
}
