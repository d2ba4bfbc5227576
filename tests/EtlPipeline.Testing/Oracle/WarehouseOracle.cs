using System.Globalization;
using EtlPipeline.Core.Lake;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Testing.Oracle;

/// <summary>
/// Says what the warehouse has to hold, by SQL that shares no code with the pipeline. It lives in a schema of the warehouse's database; the
/// source may be anywhere.
/// </summary>
/// <param name="database">The warehouse's database.</param>
/// <param name="warehouse">The schema of the warehouse.</param>
public sealed class WarehouseOracle(TestDatabase database, string warehouse)
{
    private const int DifferencesShown = 20;

    private static readonly string[] Scripts = ["1_states.sql", "2_differences.sql"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Puts the oracle into a database.</summary>
    public static async Task InstallAsync(NpgsqlConnection connection)
    {
        foreach (var script in Scripts)
        {
            await using var stream = typeof(WarehouseOracle).Assembly.GetManifestResourceStream(script)!;
            using var reader = new StreamReader(stream);
            await ExecuteAsync(connection, await reader.ReadToEndAsync(CancellationToken.None));
        }
    }

    /// <summary>Takes down what an extract sees that runs before anything else is written to the source.</summary>
    /// <param name="source">The source's database.</param>
    /// <param name="tables">The tables that the extract ingests and the source has.</param>
    /// <returns>The number of the snapshot.</returns>
    public async Task<int> CaptureAsync(TestDatabase source, IEnumerable<string> tables)
    {
        await using var writer = await database.OpenAsync();
        await ExecuteAsync(writer, "TRUNCATE oracle.source_table, oracle.source_row");
        await using var reader = await source.OpenAsync();
        await ExecuteAsync(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        foreach (var table in tables) await CopyAsync(reader, writer, table);
        return (int)(await ScalarAsync(writer, "SELECT oracle.take()"))!;
    }

    /// <summary>Says which run took a snapshot, once the run has ended well.</summary>
    public Task StampAsync(int snapshot, TableVersion runStamp) => database.ExecuteAsync(
        $"UPDATE oracle.snapshot SET stamp = '{runStamp}', moment = '{runStamp.Instant.ToString("O", CultureInfo.InvariantCulture)}' WHERE id = {snapshot}");

    /// <summary>
    /// Compares the whole warehouse with every snapshot that was taken: the current state, each as of its moment, the number of records. Only
    /// if every run since ended well and nothing was lost on the way.
    /// </summary>
    /// <param name="circumstances">When that was, for the message.</param>
    /// <param name="beganLate">Whether Load may have begun after the first run. Then moments before a target's <c>history_since</c> are left out.</param>
    public async Task AssertIsRightAsync(string circumstances = "in the end", bool beganLate = false) =>
        Demand(await FindDifferencesAsync(beganLate), circumstances);

    /// <summary>
    /// Compares the current state alone with the newest snapshot. A proof that runs very often asks this each time, and the whole in the end:
    /// whatever was right once has to be so for ever.
    /// </summary>
    /// <param name="circumstances">When that was, for the message.</param>
    public async Task AssertIsCurrentAsync(string circumstances) => Demand(await DifferencesAsync($"oracle.newest_differences('{warehouse}')"), circumstances);

    /// <summary>The first differences; empty if the warehouse is right.</summary>
    public Task<IReadOnlyList<string>> FindDifferencesAsync(bool beganLate = false) => DifferencesAsync($"oracle.differences('{warehouse}', {beganLate})");

    /// <summary>The differences between the current state of a target and a snapshot, its rejected rows included.</summary>
    /// <param name="target">The target.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="most">How many differences to tell.</param>
    public Task<IReadOnlyList<string>> CurrentDifferencesAsync(string target, int snapshot, int most = DifferencesShown) =>
        CallAsync("current_differences", target, most, $"{snapshot}");

    /// <summary>The differences between what a target was as of a run and the snapshot that the run took.</summary>
    public Task<IReadOnlyList<string>> AsOfDifferencesAsync(string target, int snapshot) => CallAsync("as_of_differences", target, DifferencesShown, $"{snapshot}");

    /// <summary>What contradicts that every row of a target has been compared with the source since a version.</summary>
    public Task<IReadOnlyList<string>> VerifiedDifferencesAsync(string target, string through) => CallAsync("verified_differences", target, DifferencesShown, $"'{through}'");

    /// <summary>Where the number of records isn't the number of states that the runs saw.</summary>
    public Task<IReadOnlyList<string>> RecordDifferencesAsync(string target) => CallAsync("record_differences", target, DifferencesShown);

    private Task<IReadOnlyList<string>> CallAsync(string function, string target, int most, params IEnumerable<string> arguments) => DifferencesAsync(
        $"oracle.target AS wanted, oracle.{function}({string.Join(", ", ["'" + warehouse + "'", "wanted", .. arguments])}) AS difference WHERE wanted.name = '{target}'",
        "difference.*",
        most);

    private Task<IReadOnlyList<string>> DifferencesAsync(string from, string columns = "*", int most = DifferencesShown) =>
        database.RowsAsync($"SELECT {columns} FROM {from} LIMIT {most}");

    private static void Demand(IReadOnlyList<string> differences, string circumstances)
    {
        if (differences.Count > 0) Assert.Fail($"{circumstances}: the warehouse is not right\n  {string.Join("\n  ", differences)}");
    }

    /// <summary>Copies a table's rows as JSON. A table that the source has lost is left out.</summary>
    private static async Task CopyAsync(NpgsqlConnection reader, NpgsqlConnection writer, string table)
    {
        if (await ScalarAsync(reader, $"SELECT to_regclass('public.{table}')::text") is null or DBNull) return;
        await ExecuteAsync(writer, $"INSERT INTO oracle.source_table VALUES ('{table}')");
        await using var command = new NpgsqlCommand($"SELECT to_jsonb(t)::text FROM public.{table} AS t", reader);
        await using var rows = await command.ExecuteReaderAsync(Token);
        await using var copy = await writer.BeginBinaryImportAsync("COPY oracle.source_row (name, row) FROM STDIN (FORMAT binary)", Token);
        while (await rows.ReadAsync(Token))
        {
            await copy.StartRowAsync(Token);
            await copy.WriteAsync(table, Token);
            await copy.WriteAsync(rows.GetString(0), NpgsqlDbType.Jsonb, Token);
        }

        await copy.CompleteAsync(Token);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
