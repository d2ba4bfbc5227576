using DuckDB.NET.Data;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Load.Staging;

/// <summary>The temporary table that a version's rows are copied into. Its columns have the target's types, and so have the values in it.</summary>
internal sealed class StagingTable(WarehouseSession session, StagingPlan plan)
{
    /// <summary>How many deleted rows the file has that the target has no column for.</summary>
    public long IgnoredDeletes { get; private set; }

    /// <summary>Makes the table and copies the file into it, as a stream.</summary>
    /// <exception cref="DamagedParquetException">The file can't be read to its end.</exception>
    /// <exception cref="MisfitException">A value can't be held exactly.</exception>
    public async Task FillAsync(ParquetFile file, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            SqlScript.Read("create_staging").WithName("target", plan.Target.Name.Value).WithColumns("columns", plan.ColumnNames), cancellationToken);
        var rows = await session.GuardAsync(connection => CopyAsync(connection, file, cancellationToken));
        if (rows != file.Rows) throw new DamagedParquetException($"the file says that it has {file.Rows} rows, and {rows} could be read");
        await session.ExecuteAsync(SqlScript.Read("prepare_staging").WithName("key", plan.Key), cancellationToken);
    }

    private async Task<long> CopyAsync(NpgsqlConnection connection, ParquetFile file, CancellationToken cancellationToken)
    {
        var copy = SqlScript.Read("copy_into_staging").WithColumns("columns", plan.ColumnNames).ToString();
        await using var importer = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        using var reader = file.Read([.. plan.Columns.Select(column => column.Copy.Expression), plan.IgnoredDeletedMark?.Identifier ?? "false"]);
        var rows = 0L;
        for (; ParquetRows.Read(reader); rows++)
        {
            if (reader.GetBoolean(plan.Columns.Count)) IgnoredDeletes++;
            else await CopyRowAsync(reader, rows, importer, cancellationToken);
        }

        await importer.CompleteAsync(cancellationToken);
        return rows;
    }

    private async Task CopyRowAsync(DuckDBDataReader reader, long ordinal, NpgsqlBinaryImporter importer, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        await importer.WriteAsync(ordinal, NpgsqlDbType.Bigint, cancellationToken);
        for (var field = 0; field < plan.Columns.Count; field++)
        {
            try
            {
                await plan.Columns[field].Copy.WriteAsync(reader, field, importer, cancellationToken);
            }
            catch (OverflowException)
            {
                throw new MisfitException(
                    $"table '{plan.Target.Name}', column '{plan.Columns[field].Name}': its type can't hold a value of row {ordinal + 1} exactly");
            }
        }
    }
}
