using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Soak.Writers;

/// <summary>
/// Applications that write while the pipeline runs: the same number of transactions in each schedule, on rows that the seed chooses, and one
/// that stays open over it.
/// </summary>
internal sealed class BusyWriters : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly NpgsqlConnection _writer;
    private readonly NpgsqlConnection _late;
    private readonly int _seed;

    private BusyWriters(NpgsqlConnection writer, NpgsqlConnection late, int seed) => (_writer, _late, _seed) = (writer, late, seed);

    public static async Task<BusyWriters> StartAsync(TestDatabase source, int seed) =>
        new(await source.OpenAsync(), await source.OpenAsync(), seed);

    /// <summary>Writes a schedule's short transactions, spread over some of its time.</summary>
    public async Task WriteAsync(int schedule, CancellationToken cancellationToken)
    {
        var number = _seed + schedule;
        (string Call, int[] Arguments)[] transactions =
        [
            ("CALL soak.replace_orders($1, $2)", [0, 2]),
            ("CALL soak.revise_orders($1, $2)", [0, number]),
            ("CALL soak.revise_orders_silently($1, $2)", [0, number]),
            ("CALL soak.pay($1, $2)", [0, number]),
            ("CALL soak.revise_purchases($1)", [number]),
            ("CALL soak.move_design_files($1)", [number]),
            ("CALL soak.revise_look_ups($1)", [number]),
        ];
        foreach (var (call, arguments) in transactions)
        {
            await ExecuteAsync(_writer, call, arguments, cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Begins a transaction that the schedule's extract can't see, and whose <c>last_updated</c> will be older than that extract.</summary>
    public async Task BeginLateAsync(int schedule, CancellationToken cancellationToken)
    {
        var number = _seed + schedule;
        await ExecuteAsync(_late, "BEGIN", [], cancellationToken);
        await ExecuteAsync(_late, "CALL soak.replace_orders($1, $2)", [1, 1], cancellationToken);
        await ExecuteAsync(_late, "CALL soak.revise_orders($1, $2)", [1, number], cancellationToken);
    }

    public Task CommitLateAsync(CancellationToken cancellationToken) => ExecuteAsync(_late, "COMMIT", [], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _late.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, int[] arguments, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
