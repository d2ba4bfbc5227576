using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using Npgsql;

namespace EtlPipeline.Local.LakeReading;

/// <summary>
/// A query over the lake, run by DuckDB on this machine. The tables that it names as <c>lake.{table}</c> and <c>warehouse.{table}</c> are fetched first:
/// DuckDB's own extensions for S3 and PostgreSQL would have to be downloaded, and would need the credentials.
/// </summary>
/// <param name="settings">The pipeline.</param>
/// <param name="buckets">Opens its buckets.</param>
/// <param name="clock">Tells which versions are recent.</param>
internal sealed partial class LakeQuery(PipelineSettings settings, ObjectStores buckets, TimeProvider clock)
{
    // Quotes tell an empty text from NULL, which has none.
    private const string CsvOptions = "header = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, auto_detect = false";

    /// <summary>Whether a query names a table of the lake.</summary>
    public static bool NamesLake(string sql) => LakeTables().IsMatch(sql);

    /// <summary>Runs the query, and writes its rows.</summary>
    /// <exception cref="PipelineException">A table isn't there, or DuckDB refuses the query.</exception>
    public async Task RunAsync(string sql, Terminal terminal, OutputFormat format, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("etl-query-");
        try
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, "SET TimeZone = 'UTC'; CREATE SCHEMA lake; CREATE SCHEMA warehouse", cancellationToken);
            foreach (var table in Names(LakeTables(), sql)) await AddLakeTableAsync(connection, table, folder.FullName, cancellationToken);
            foreach (var table in Names(WarehouseTables(), sql)) await AddWarehouseTableAsync(connection, table, folder.FullName, cancellationToken);
            await WriteAsync(connection, sql.Trim().TrimEnd(';'), terminal, format, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw new PipelineException($"DuckDB refuses the query: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<TableName> Names(Regex pattern, string sql) => pattern.Matches(sql).Select(match => TableName.Parse(match.Groups["table"].Value)).Distinct();

    private async Task AddLakeTableAsync(DuckDBConnection connection, TableName table, string folder, CancellationToken cancellationToken)
    {
        var ingestion = buckets.Open(settings.Extract.IngestionBucket);
        if (await new VersionListing(ingestion, VersionKey.RowsSuffix, clock).FindNewestAsync(table, cancellationToken) is { } version)
        {
            var rows = await LakeRows.ReadAsync(ingestion, new VersionKey(table, version), cancellationToken);
            var file = Path.Combine(folder, $"{table}.csv");
            await WriteCsvAsync(file, rows.Rows, cancellationToken);
            await CreateAsync(connection, $"lake.{Quote(table.Value)}", file, [.. rows.Columns.Select(column => (column.Name, SourceTypes.InDuckDb(column.Type)))], cancellationToken);
            return;
        }

        var files = await DownloadAsync(table, folder, cancellationToken);
        if (files.Count == 0)
            throw new PipelineException($"Neither {settings.Extract.IngestionBucket} nor {settings.Load.ProcessedBucket} has a version of '{table}'.");
        var list = string.Join(", ", files.Select(file => Text(file)));
        await ExecuteAsync(
            connection,
            $"CREATE VIEW lake.{Quote(table.Value)} AS SELECT * EXCLUDE (filename), parse_filename(filename, true) AS version FROM read_parquet([{list}], union_by_name = true, filename = true)",
            cancellationToken);
    }

    /// <summary>Fetches the Parquet files that make up the target, from its newest version's <c>oldest-read</c> on.</summary>
    private async Task<IReadOnlyList<string>> DownloadAsync(TableName target, string folder, CancellationToken cancellationToken)
    {
        var processed = buckets.Open(settings.Load.ProcessedBucket);
        var listing = new VersionListing(processed, VersionKey.ParquetSuffix, clock);
        if (await listing.FindNewestAsync(target, cancellationToken) is not { } newest) return [];
        var description = await processed.DescribeAsync(new VersionKey(target, newest).Parquet, cancellationToken);
        var oldest = description is null ? null : ParquetMetadata.Read(description.Metadata)?.OldestRead;
        var files = new List<string>();
        Directory.CreateDirectory(Path.Combine(folder, target.Value));
        foreach (var version in (await listing.FindAfterAsync(target, null, cancellationToken)).Where(version => oldest is null || version >= oldest))
        {
            var path = Path.Combine(folder, target.Value, $"{version}.parquet");
            await using var stored = await processed.OpenAsync(new VersionKey(target, version).Parquet, 0, cancellationToken);
            if (stored is null) continue;
            await using var file = File.Create(path);
            await stored.Body.CopyToAsync(file, cancellationToken);
            files.Add(path);
        }

        return files;
    }

    private async Task AddWarehouseTableAsync(DuckDBConnection connection, TableName table, string folder, CancellationToken cancellationToken)
    {
        await using var warehouse = settings.OpenWarehouse();
        await using var session = await warehouse.OpenAsync(cancellationToken);
        var relation = SqlIdentifier.Quote(warehouse.Schema, table.Value);
        try
        {
            var columns = await session.QueryAsync(
                "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                [SqlRunner.Parameter(relation)],
                row => (row.GetString(0), SourceTypes.InDuckDb(row.GetString(1))),
                cancellationToken);
            if (columns.Count == 0) throw new PipelineException($"The warehouse {settings.Load.Warehouse} has no table '{table}'.");
            var path = Path.Combine(folder, $"warehouse-{table}.csv");
            using (var copy = await session.BeginTextExportAsync($"COPY (SELECT * FROM {relation}) TO STDOUT (FORMAT csv)", cancellationToken))
            await using (var file = new StreamWriter(path, append: false, new UTF8Encoding(false)))
            {
                var buffer = new char[1 << 16];
                for (int read; (read = await copy.ReadAsync(buffer, cancellationToken)) > 0;) await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            await CreateAsync(connection, $"warehouse.{Quote(table.Value)}", path, columns, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw warehouse.Failure(exception);
        }
    }

    private static Task CreateAsync(DuckDBConnection connection, string name, string file, IReadOnlyList<(string Name, string Type)> columns, CancellationToken cancellationToken)
    {
        var types = string.Join(", ", columns.Select(column => $"{Text(column.Name)}: {Text(column.Type)}"));
        return ExecuteAsync(connection, $"CREATE TABLE {name} AS SELECT * FROM read_csv({Text(file)}, columns = {{{types}}}, {CsvOptions})", cancellationToken);
    }

    private static async Task WriteCsvAsync(string path, IReadOnlyList<string?[]> rows, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        foreach (var row in rows)
            await file.WriteLineAsync(string.Join(',', row.Select(value => value is null ? string.Empty : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).AsMemory(), cancellationToken);
    }

    private static async Task WriteAsync(DuckDBConnection connection, string sql, Terminal terminal, OutputFormat format, CancellationToken cancellationToken)
    {
        var columns = new List<ResultColumn>();
        await using (var describe = Command(connection, $"DESCRIBE {sql}"))
        await using (var reader = await describe.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) columns.Add(new ResultColumn(reader.GetString(0), IsNumber(reader.GetString(1)), reader.GetString(1) == "BOOLEAN"));
        }

        await using var command = Command(connection, $"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({sql})");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await ResultWriter.WriteAsync(terminal, format, columns, ReadAsync(rows, cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<string?[]> ReadAsync(System.Data.Common.DbDataReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))];
    }

    private static bool IsNumber(string type) =>
        type is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UBIGINT" or "FLOAT" or "DOUBLE" || type.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static async Task ExecuteAsync(DuckDBConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DuckDBCommand Command(DuckDBConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static string Quote(string name) => SqlIdentifier.Quote(name);

    private static string Text(string value) => string.Create(CultureInfo.InvariantCulture, $"'{value.Replace("'", "''", StringComparison.Ordinal)}'");

    [GeneratedRegex("""\blake\s*\.\s*"?(?<table>[A-Za-z_][A-Za-z0-9_]{0,62})"?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LakeTables();

    [GeneratedRegex("""\bwarehouse\s*\.\s*"?(?<table>[A-Za-z_][A-Za-z0-9_]{0,62})"?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WarehouseTables();
}
