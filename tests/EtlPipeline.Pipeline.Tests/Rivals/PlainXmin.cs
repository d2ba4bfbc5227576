using System.Globalization;
using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Rivals;

/// <summary>
/// Remembers the oldest transaction that was in flight, and asks for the rows that it, or a later one, has written. It sees every insert and
/// update, and no delete.
/// </summary>
internal sealed class PlainXmin : IRival
{
    private readonly Dictionary<string, ulong> _oldest = new(StringComparer.Ordinal);

    public string Name => "transaction ids (xmin)";

    public async Task RunAsync(NpgsqlConnection connection, RivalCopy copy)
    {
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var oldest = await OldestInFlightAsync(connection, transaction);
        var since = _oldest.GetValueOrDefault(copy.Table);
        var condition = since == 0 ? "true" : $"age(xmin) <= age('{since.ToString(CultureInfo.InvariantCulture)}'::xid8::xid)";
        await using (var upsert = new NpgsqlCommand(copy.Upsert(condition), connection, transaction)) await upsert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        _oldest[copy.Table] = oldest;
    }

    private static async Task<ulong> OldestInFlightAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("SELECT pg_snapshot_xmin(pg_current_snapshot())::text", connection, transaction);
        return ulong.Parse((string)(await command.ExecuteScalarAsync())!, CultureInfo.InvariantCulture);
    }
}
