using System.Diagnostics;
using System.IO.Compression;
using DuckDB.NET.Data;
using EtlPipeline.PostgreSqlServers;
using Npgsql;

namespace EtlPipeline.Benchmarks;

/// <summary>What the database, and DuckDB, can do by themselves on the same machine in the same run.</summary>
/// <param name="server">The server.</param>
/// <param name="source">The database with the orders.</param>
/// <param name="folder">Where files go.</param>
internal sealed class Anchors(BenchmarkServer server, string source, string folder)
{
    private const string Fact = "fact_sales_order";

    private static readonly string Columns = BenchmarkServer.Script("loaded_facts.sql").Replace("FROM {fact}", string.Empty, StringComparison.Ordinal)["SELECT ".Length..].Trim();

    /// <summary>The file of rows as JSON, which <see cref="RowToJsonAsync"/> writes.</summary>
    public string JsonFile => Path.Combine(folder, "rows.json");

    private string TextFile => Path.Combine(folder, "rows.txt");

    /// <summary><c>COPY | COPY</c>: the facts go from one database into the other's table, with the indexes that Load gives it, through our process.</summary>
    public Task<double> CopyPipeAsync(string warehouse, CancellationToken cancellationToken) => TimeAsync(async () =>
    {
        await using var from = await server.OpenAsync(source, cancellationToken);
        await using var to = await server.OpenAsync(warehouse, cancellationToken);
        await using var reader = await from.BeginRawBinaryCopyAsync($"COPY ({BenchmarkServer.Script("expected_facts.sql")}) TO STDOUT (FORMAT binary)", cancellationToken);
        await using var writer = await to.BeginRawBinaryCopyAsync($"COPY {Fact} ({Columns}) FROM STDIN (FORMAT binary)", cancellationToken);
        await reader.CopyToAsync(writer, 1 << 16, cancellationToken);
    });

    /// <summary><c>row_to_json</c> of every order into a file.</summary>
    public Task<double> RowToJsonAsync(CancellationToken cancellationToken) => TimeAsync(async () =>
    {
        await using var connection = await server.OpenAsync(source, cancellationToken);
        using var reader = await connection.BeginTextExportAsync("COPY (SELECT row_to_json(sales_order) FROM sales_order) TO STDOUT", cancellationToken);
        await using var file = new StreamWriter(JsonFile);
        var buffer = new char[1 << 16];
        for (int read; (read = await reader.ReadAsync(buffer, cancellationToken)) > 0;) await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
    });

    /// <summary>DuckDB makes Parquet of these JSON rows, on one thread.</summary>
    public Task<double> DuckDbParquetAsync(CancellationToken cancellationToken) => TimeAsync(async () =>
    {
        await using var duckDb = new DuckDBConnection("DataSource=:memory:");
        await duckDb.OpenAsync(cancellationToken);
        await using var command = duckDb.CreateCommand();
        command.CommandText = $"SET threads = 1; COPY (SELECT * FROM read_json('{JsonFile}', format = 'newline_delimited')) TO '{Path.Combine(folder, "rows.parquet")}' (FORMAT parquet, COMPRESSION zstd)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    });

    /// <summary>Writes the facts into a file, for <see cref="CopyInAsync"/>.</summary>
    public async Task WriteFactsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenAsync(source, cancellationToken);
        await using var reader = await connection.BeginRawBinaryCopyAsync($"COPY ({BenchmarkServer.Script("expected_facts.sql")}) TO STDOUT (FORMAT binary)", cancellationToken);
        await using var file = File.Create(TextFile);
        await reader.CopyToAsync(file, cancellationToken);
    }

    /// <summary>COPY from that file into the fact, the foreign keys added afterwards in the same transaction.</summary>
    public Task<double> CopyInAsync(string warehouse, IReadOnlyList<string> foreignKeys, CancellationToken cancellationToken) => TimeAsync(async () =>
    {
        await using var connection = await server.OpenAsync(warehouse, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var writer = await connection.BeginRawBinaryCopyAsync($"COPY {Fact} ({Columns}) FROM STDIN (FORMAT binary)", cancellationToken))
        await using (var file = File.OpenRead(TextFile)) await file.CopyToAsync(writer, 1 << 16, cancellationToken);
        foreach (var key in foreignKeys)
        {
            await using var command = new NpgsqlCommand(key, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    });

    /// <summary><c>pg_dump | pg_restore</c> of the orders.</summary>
    public Task<double> DumpAndRestoreAsync(string target, CancellationToken cancellationToken) => TimeAsync(async () =>
    {
        var dump = Path.Combine(folder, "orders.dump");
        var (from, to) = (server.Database(source), server.Database(target));
        await RunAsync("pg_dump", ["-h", from.Host, "-p", $"{from.Port}", "-U", from.User, "-d", from.Database, "-t", "sales_order", "-Fc", "-Z0", "-f", dump], from.Password);
        await RunAsync("pg_restore", ["-h", to.Host, "-p", $"{to.Port}", "-U", to.User, "-d", to.Database, "--section=pre-data", "--section=data", dump], to.Password);

        async Task RunAsync(string program, string[] arguments, string password)
        {
            // A folder of links may hold the server's programs alone; the clients are on the PATH then.
            var path = server.Binaries.PathOf(program);
            var command = new ProcessStartInfo(File.Exists(path) ? path : program, arguments);
            command.Environment["PGPASSWORD"] = password;
            await ServerProgram.RunAsync(command, cancellationToken);
        }
    });

    /// <summary>The count scan alone, as Extract asks it: rows, sum of key hashes, rows that recent transactions wrote.</summary>
    public Task<double> CountScanAsync(CancellationToken cancellationToken) => TimeAsync(async () =>
    {
        const string Sql = """
            SELECT count(*), sum(hashint8extended(sales_order_id, 7 # sales_order_id)), count(*) FILTER (WHERE age(xmin) BETWEEN 0 AND (SELECT age(pg_snapshot_xmin(pg_current_snapshot())::xid)))
            FROM sales_order
            """;
        await server.ExecuteAsync(source, Sql, cancellationToken);
    });

    /// <summary>How long something takes, in seconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>How many bytes rows have as gzipped JSON.</summary>
    public async Task<long> GzippedAsync(string query, CancellationToken cancellationToken)
    {
        await using var connection = await server.OpenAsync(source, cancellationToken);
        using var reader = await connection.BeginTextExportAsync($"COPY (SELECT row_to_json(changed) FROM ({query}) AS changed) TO STDOUT", cancellationToken);
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        await using (var writer = new StreamWriter(gzip))
        {
            var text = new char[1 << 16];
            for (int read; (read = await reader.ReadBlockAsync(text, cancellationToken)) > 0;) await writer.WriteAsync(text.AsMemory(0, read), cancellationToken);
        }

        return file.Length;
    }
}
