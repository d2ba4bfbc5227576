using EtlPipeline.SampleData.Tables;
using EtlPipeline.Testing;

namespace EtlPipeline.SampleData.Tests.Databases;

/// <summary>Everything in a totesys database, a line a row.</summary>
internal static class DatabaseContent
{
    public static async Task<IReadOnlyList<string>> ReadAsync(TestDatabase database)
    {
        var lines = new List<string>();
        foreach (var table in TotesysTables.All)
        {
            var rows = await database.ScalarAsync<string[]>(
                $"SELECT array_agg('{table.Name} ' || row_to_json(t)::text ORDER BY t.{table.Key.Name}) FROM {table.Name} AS t");
            lines.AddRange(rows);
        }

        return lines;
    }

    /// <summary>The last key that each sequence gave.</summary>
    public static Task<string[]> ReadSequencesAsync(TestDatabase database) => database.ScalarAsync<string[]>(
        "SELECT array_agg(sequencename || ' ' || last_value ORDER BY sequencename) FROM pg_sequences")!;
}
