using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using Npgsql;

namespace EtlPipeline.Load.Staging;

/// <summary>Sends rows of a version's file into a table, as a binary COPY, and looks at the good ones as they go by.</summary>
/// <param name="into">The table, as SQL.</param>
/// <param name="columns">The columns that are sent.</param>
internal sealed class RowCopy(string into, IReadOnlyList<WireColumn> columns)
{
    private const int SendAt = 1 << 19;

    /// <summary>Whether the rejected rows are sent, and not the good ones.</summary>
    public bool AreRejected { get; init; }

    /// <summary>
    /// When the rows begin to hold, in microseconds since 2000; null if they go to be staged. Each row starts with this, in
    /// <c>valid_from</c>, or with its place in the file, in <c>etl_ordinal</c>.
    /// </summary>
    public long? ValidFrom { get; init; }

    /// <summary>What looks at the keys, if anything does.</summary>
    public KeyRise? Rise { get; init; }

    /// <summary>What notes the members that rows refer to.</summary>
    public IReadOnlyList<ReferencedKeys> References { get; init; } = [];

    /// <summary>Called before rows are sent.</summary>
    public Action Check { get; init; } = () => { };

    /// <summary>Sends the rows.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read to its end, or lies about what it holds.</exception>
    /// <exception cref="MisfitException">A column of the table can't hold a value.</exception>
    public async Task SendAsync(WarehouseSession session, ProcessedVersion version, Invocation invocation)
    {
        var names = SqlIdentifier.List(columns.Select(column => column.Name).Prepend(ValidFrom is null ? "etl_ordinal" : TargetTables.ValidFrom));
        var sent = await session.GuardAsync(async connection =>
        {
            await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {into} ({names}) FROM STDIN (FORMAT binary)", invocation.CancellationToken);
            try
            {
                return await SendAsync(stream, version, invocation.CancellationToken);
            }
            catch (Exception exception) when (exception is DamagedParquetException or MisfitException or OperationCanceledException)
            {
                await stream.CancelAsync();
                throw;
            }
        });
        if (sent != (AreRejected ? version.Metadata.Rejected : version.Metadata.Rows))
            throw new DamagedParquetException($"{sent} of its rows are {(AreRejected ? "rejected" : "good")} ones, and its metadata says {version.Metadata.Rows} good and {version.Metadata.Rejected} rejected");
    }

    private async Task<long> SendAsync(NpgsqlRawCopyStream stream, ProcessedVersion version, CancellationToken cancellationToken)
    {
        var buffer = new CopyBuffer();
        buffer.WriteHeader();
        var read = columns.Select(column => column.Source).Append(version.Rejected).ToList();
        var keyAt = Rise?.Columns.Select(column => read.IndexOf(column)).ToArray() ?? [];
        var referenceAt = References.Select(keys => read.IndexOf(keys.Source)).ToArray();
        using var chunks = version.File.ReadChunks(read);
        var (ordinal, sent) = (0L, 0L);
        while (chunks.Read())
        {
            sent += Encode(chunks, keyAt, referenceAt, ordinal, buffer);
            ordinal += chunks.Count;
            Check();
            if (buffer.Length < SendAt) continue;
            await stream.WriteAsync(buffer.Written, cancellationToken);
            buffer.Clear();
        }

        buffer.WriteTrailer();
        await stream.WriteAsync(buffer.Written, cancellationToken);
        return sent;
    }

    // The one loop that runs for each value of each row.
    private long Encode(ParquetChunks chunks, int[] keyAt, int[] referenceAt, long ordinal, CopyBuffer buffer)
    {
        var sent = 0L;
        var reasons = chunks[columns.Count];
        for (var row = 0; row < chunks.Count; row++)
        {
            if (reasons.IsNull(row) == AreRejected) continue;
            Rise?.Add(chunks, keyAt, row);
            for (var i = 0; i < referenceAt.Length; i++) References[i].Add(chunks[referenceAt[i]], row);
            buffer.WriteRowHeader(columns.Count + 1);
            buffer.WriteInt64(ValidFrom ?? ordinal + row);
            for (var column = 0; column < columns.Count; column++) columns[column].Write(chunks[column], row, buffer);
            sent++;
        }

        return sent;
    }
}
