using EtlPipeline.Core.Resources;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Soak.Figures;

/// <summary>Takes down what the databases hold, over two sessions of its own.</summary>
internal sealed class DatabaseMeter : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly NpgsqlConnection _source;
    private readonly NpgsqlConnection _warehouse;
    private readonly TimeSpan _patience;

    private DatabaseMeter(NpgsqlConnection source, NpgsqlConnection warehouse, TimeSpan patience) =>
        (_source, _warehouse, _patience) = (source, warehouse, patience);

    /// <param name="source">The source.</param>
    /// <param name="warehouse">The warehouse.</param>
    /// <param name="patience">How long sessions that have just ended are waited for.</param>
    public static async Task<DatabaseMeter> OpenAsync(TestDatabase source, TestDatabase warehouse, TimeSpan patience) =>
        new(await source.OpenAsync(), await warehouse.OpenAsync(), patience);

    public async Task<DatabaseFigures> ReadAsync(CancellationToken cancellationToken)
    {
        var (connections, locks) = await ReadSessionsAsync(cancellationToken);
        var (versions, records) = await ReadPairAsync(_warehouse, "warehouse_rows.sql", cancellationToken);
        await using var rows = new NpgsqlCommand(Sql("source_rows.sql"), _source);
        return new DatabaseFigures(connections, locks, (long)(await rows.ExecuteScalarAsync(cancellationToken))!, versions, records);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _warehouse.DisposeAsync();
    }

    /// <summary>The server notices a moment later that a session has ended.</summary>
    private async Task<(long Connections, long Locks)> ReadSessionsAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (true)
        {
            var found = await ReadPairAsync(_source, "sessions.sql", cancellationToken, _source.Database, _warehouse.Database);
            if (found == (0, 0) || patience.IsCancellationRequested) return found;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<(long First, long Second)> ReadPairAsync(
        NpgsqlConnection connection, string script, CancellationToken cancellationToken, params string[] databases)
    {
        await using var command = new NpgsqlCommand(Sql(script), connection);
        if (databases.Length > 0) command.Parameters.Add(new NpgsqlParameter { Value = databases });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string Sql(string script) => EmbeddedText.Read(typeof(DatabaseMeter).Assembly, script);
}
