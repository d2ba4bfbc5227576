using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Rivals;

/// <summary>
/// Remembers the greatest <c>last_updated</c> that it has seen, and asks for what is greater. With a lag it asks for what is greater than
/// that less the lag, and so reads some rows again.
/// </summary>
internal sealed class CursorOnLastUpdated(string name, TimeSpan lag) : IRival
{
    private readonly Dictionary<string, DateTime> _cursors = new(StringComparer.Ordinal);

    public string Name => name;

    public async Task RunAsync(NpgsqlConnection connection, RivalCopy copy)
    {
        var cursor = _cursors.GetValueOrDefault(copy.Table, DateTime.UnixEpoch);
        // The newest value is read in the same snapshot as the rows, or more would be lost than has to be.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var upsert = new NpgsqlCommand(copy.Upsert("last_updated > $1"), connection, transaction))
        {
            upsert.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = DateTime.SpecifyKind(Less(cursor), DateTimeKind.Unspecified) });
            await upsert.ExecuteNonQueryAsync();
        }

        await using (var newest = new NpgsqlCommand($"SELECT max(last_updated) FROM public.{copy.Table} WHERE isfinite(last_updated)", connection, transaction))
        {
            if (await newest.ExecuteScalarAsync() is DateTime seen && seen > cursor) _cursors[copy.Table] = seen;
        }

        await transaction.CommitAsync();
    }

    private DateTime Less(DateTime cursor) => cursor - DateTime.UnixEpoch > lag ? cursor - lag : DateTime.UnixEpoch;
}
