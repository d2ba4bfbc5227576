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
    /// <exception cref="DamagedParquetException">The file can't be read to its end, or lies about how much it holds.</exception>
    /// <exception cref="MisfitException">A value can't be held exactly.</exception>
    public async Task FillAsync(ParquetFile file, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            SqlScript.Read("create_staging").WithName("target", plan.Target.Name.Value).WithColumns("columns", plan.ColumnNames), cancellationToken);
        await session.GuardAsync(connection => CopyAsync(connection, file, cancellationToken));
        await session.ExecuteAsync(SqlScript.Read("prepare_staging").WithName("key", plan.Key), cancellationToken);
    }

    private async Task<ulong> CopyAsync(NpgsqlConnection connection, ParquetFile file, CancellationToken cancellationToken)
    {
        var copy = SqlScript.Read("copy_into_staging").WithColumns("columns", plan.ColumnNames).ToString();
        await using var importer = await connection.BeginBinaryImportAsync(copy, cancellationToken);
        using var rows = new ParquetRows(
            file, [.. plan.Columns.Select(column => column.Copy.Expression), plan.IgnoredDeletedMark?.Identifier ?? "false"]);
        while (rows.Read())
        {
            if (rows.Current.GetBoolean(plan.Columns.Count)) IgnoredDeletes++;
            else await CopyRowAsync(rows.Current, rows.Count, importer, cancellationToken);
        }

        return await importer.CompleteAsync(cancellationToken);
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
                    $"table '{plan.Target.Name}', column '{plan.Columns[field].Name}': its type can't hold a value of row {ordinal} exactly");
            }
        }
    }
}
