using EtlPipeline.Pipeline.Tests.Histories;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Rivals;

/// <summary>What was wrong in the end, over some histories.</summary>
/// <param name="Lost">Rows of the source that the copy lacks.</param>
/// <param name="Doubled">Rows that only the copy has: deleted in the source, or there under another key as well.</param>
/// <param name="Stale">Rows that differ.</param>
/// <param name="Histories">How many histories had any of these.</param>
internal sealed record Wrong(long Lost, long Doubled, long Stale, int Histories)
{
    public static Wrong None { get; } = new(0, 0, 0, 0);

    /// <summary>Counts the oracle's differences in the current state: a key that is missing and surplus at once is stale.</summary>
    public static Wrong Of(IReadOnlyList<string> differences)
    {
        var rows = differences.Select(difference => difference.Split('|')).Where(row => row[1].EndsWith(" current", StringComparison.Ordinal)).ToList();
        var (missing, surplus) = (Keys("missing"), Keys("surplus"));
        var other = differences.Count(difference => difference.Split('|') is [not ("missing" or "surplus"), ..]);
        var stale = missing.Intersect(surplus).Count();
        return new Wrong(missing.Count - stale, surplus.Count - stale, stale + other, differences.Count == 0 ? 0 : 1);

        HashSet<string> Keys(string problem) => [.. rows.Where(row => row[0] == problem).Select(row => $"{row[1]}|{row[2]}")];
    }

    public static Wrong operator +(Wrong left, Wrong right) =>
        new(left.Lost + right.Lost, left.Doubled + right.Doubled, left.Stale + right.Stale, left.Histories + right.Histories);
}

/// <summary>Runs rivals through a history: they run whenever the pipeline would, on the same source at the same moments.</summary>
internal sealed class RivalHistory(HistorySource source, IReadOnlyList<IRival> rivals)
{
    // Look-ups and dimensions are read whole by most tools; the tables that are worth following are these.
    private static readonly string[] Followed = ["sales_order", "payment"];

    /// <summary>Makes the copies, and lets each rival run once.</summary>
    public async Task BeginAsync()
    {
        await using var connection = await source.Database.OpenAsync();
        foreach (var copy in rivals.SelectMany(Copies)) await ExecuteAsync(connection, copy.Create);
        await RunAsync();
    }

    /// <summary>Takes a step.</summary>
    public async Task TakeAsync(HistoryStep step)
    {
        switch (step.Action.Kind)
        {
            case StepKind.Run:
                source.Now += TimeSpan.FromMinutes(5);
                await RunAsync();
                break;
            case StepKind.Lake when step.Action.Name == "hours-pass":
                source.Now += TimeSpan.FromHours(1 + step.Number % 13);
                break;
            case StepKind.Lake:
                break;
            case StepKind.Source:
                await source.ReplaceAsync();
                break;
            default:
                await source.TakeAsync(step);
                break;
        }
    }

    /// <summary>Commits what is open, runs twice more, and counts what is wrong with each rival's copy.</summary>
    public async Task<IReadOnlyDictionary<string, Wrong>> EndAsync()
    {
        await source.SettleAsync();
        for (var run = 0; run < 2; run++) await TakeAsync(new HistoryStep(HistoryAction.Find("run"), 0));
        var wrong = new Dictionary<string, Wrong>(StringComparer.Ordinal);
        foreach (var rival in rivals)
        {
            var sum = Wrong.None;
            foreach (var copy in Copies(rival)) sum += await CompareAsync(copy);
            wrong[rival.Name] = sum with { Histories = sum == Wrong.None ? 0 : 1 };
        }

        return wrong;
    }

    private static IEnumerable<RivalCopy> Copies(IRival rival) => Followed.Select(table => new RivalCopy(rival.Name, table));

    private async Task RunAsync()
    {
        await using var connection = await source.Database.OpenAsync();
        foreach (var rival in rivals)
        {
            foreach (var copy in Copies(rival)) await rival.RunAsync(connection, copy);
        }
    }

    private async Task<Wrong> CompareAsync(RivalCopy copy)
    {
        await using var connection = await source.Database.OpenAsync();
        await using var command = new NpgsqlCommand(copy.Compare, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new Wrong(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), 0);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
