using System.CommandLine;
using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Demo;
using EtlPipeline.Local.SetUp;
using EtlPipeline.Targets;
using Npgsql;

namespace EtlPipeline.Local.Commands;

/// <summary>Asks for databases, tables and buckets, tests each answer, and writes <c>.env</c>.</summary>
internal sealed class InitCommand : ICommand
{
    private const string SourcePrefix = "TOTE_SYS";
    private const string WarehousePrefix = "WAREHOUSE";

    private static readonly string[] Modes = ["disable", "prefer", "require", "verify-ca", "verify-full"];

    public Command Define() => new("init", "Ask for your databases, tables and buckets, test each answer, and write .env in the current folder.");

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (questions, path) = (new Questions(context.Terminal), Path.Combine(context.CurrentFolder, SettingsSource.FileName));
        if (File.Exists(path) && !questions.Confirm($"{path} is there. Write a new one in its place?", standard: false)) return ExitCode.Success;
        context.Terminal.WriteHeading("The source: the database whose changes are carried. It is only read.");
        var source = await AskDatabaseAsync(context, questions, SourcePrefix, "etl_reader", isSource: true, cancellationToken);
        var tables = questions.Ask("Tables to carry, separated by commas; * for all", await ProposeTablesAsync(source, cancellationToken), Questions.Tables);
        context.Terminal.WriteHeading("The warehouse: the database that is filled.");
        var warehouse = await AskDatabaseAsync(context, questions, WarehousePrefix, "etl_loader", isSource: false, cancellationToken);
        context.Terminal.WriteHeading("The lake: two buckets on Amazon S3, or two folders (file:./lake/ingestion).");
        var ingestion = await AskBucketAsync(context, questions, "Ingestion bucket", "AWS_INGEST_BUCKET", "file:./lake/ingestion", cancellationToken);
        var processed = await AskBucketAsync(context, questions, "Processed bucket", "AWS_PROCESS_BUCKET", "file:./lake/processed", cancellationToken);
        var copied = tables == TableList.Default.ToString() ? string.Empty : questions.Ask("Of these, tables to carry as they are although the project has a target for one of that name (staff, payment, …); * for all", "*", Questions.Tables);
        await WriteAsync(path, [$"AWS_TABLES_LIST={tables}", $"AWS_TABLES_COPIED={copied}", $"AWS_INGEST_BUCKET={ingestion}", $"AWS_PROCESS_BUCKET={processed}", .. Lines(source), .. Lines(warehouse)], cancellationToken);
        context.Terminal.WriteLine();
        context.Terminal.WriteLine($"Wrote {path}; only you can read it. Now check everything, then run:");
        context.Terminal.WriteLine($"  {context.Environment.InDevelopment("check")}");
        context.Terminal.WriteLine($"  {context.Environment.InDevelopment("run")}");
        return ExitCode.Success;
    }

    /// <summary>Asks until the database answers or the reader wants to continue without it.</summary>
    private static async Task<DatabaseSettings> AskDatabaseAsync(
        CommandContext context, Questions questions, string prefix, string role, bool isSource, CancellationToken cancellationToken)
    {
        var answered = new DatabaseSettings { Prefix = prefix, Host = "localhost", Database = isSource ? "totesys" : "warehouse", User = role, Password = string.Empty };
        while (true)
        {
            answered = Ask(questions, answered);
            if (!questions.Confirm($"Does the role {answered.User} exist?", standard: true)) OfferRole(context, questions, answered, isSource);
            answered = answered with { Password = questions.AskSecret($"Password of {answered.User}") };
            var findings = await new DatabaseCheck(answered, isSource ? "source" : "warehouse", context.Clock)
                .RunAsync(connection => isSource ? Task.FromResult<IReadOnlyList<Finding>>([]) : new WarehouseCheck(answered, TargetCatalogue.List).RunAsync(connection, cancellationToken), cancellationToken);
            foreach (var finding in findings) finding.Write(context.Terminal);
            if (findings.All(finding => finding.Gravity != Gravity.Fault) || !questions.Confirm("Answer again?", standard: true)) return answered;
        }
    }

    private static DatabaseSettings Ask(Questions questions, DatabaseSettings last)
    {
        var host = questions.Ask("Host, or the folder of a socket", last.Host);
        var isLocal = host.StartsWith('/') || host is "localhost" or "127.0.0.1" or "::1";
        var mode = isLocal ? "prefer" : "require";
        var answered = last with
        {
            Host = host,
            Port = int.Parse(questions.Ask("Port", last.Port.ToString(CultureInfo.InvariantCulture), Questions.Port), CultureInfo.InvariantCulture),
            Database = questions.Ask("Database", last.Database),
            Schema = questions.Ask("Schema", last.Schema),
            User = questions.Ask("Role", last.User),
        };
        if (!isLocal) mode = questions.Ask($"TLS ({string.Join(", ", Modes)})", mode, answer => Modes.Contains(answer) ? null : $"One of {string.Join(", ", Modes)}.");
        return answered with { Security = (ConnectionSecurity)Array.IndexOf(Modes, mode) };
    }

    private static void OfferRole(CommandContext context, Questions questions, DatabaseSettings database, bool isSource)
    {
        context.Terminal.WriteLine($"Paste this into psql, as the owner of the {(isSource ? "tables" : "database")} or a superuser; it will ask for the role's password:");
        context.Terminal.WriteLine();
        context.Terminal.WriteLine($"psql -h {database.Host} -p {database.Port} -d {database.Database}");
        context.Terminal.WriteLine(isSource ? RoleScripts.Reader(database) : RoleScripts.Loader(database));
        context.Terminal.WriteLine();
        questions.Wait("Press Enter when that is done: ");
    }

    private static async Task<string> AskBucketAsync(
        CommandContext context, Questions questions, string question, string setting, string standard, CancellationToken cancellationToken)
    {
        while (true)
        {
            var name = questions.Ask(question, standard);
            var finding = await new BucketCheck(Resolve(context, name), setting, context.Buckets).RunAsync(cancellationToken);
            finding.Write(context.Terminal);
            if (finding.Gravity != Gravity.Fault || !questions.Confirm("Answer again?", standard: true)) return name;
        }
    }

    private static string Resolve(CommandContext context, string bucket) =>
        bucket.StartsWith("file:.", StringComparison.Ordinal) ? $"file:{Path.Combine(context.CurrentFolder, bucket["file:".Length..])}" : bucket;

    /// <summary>The tables of totesys if the schema has them, otherwise all.</summary>
    private static async Task<string> ProposeTablesAsync(DatabaseSettings source, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = new PostgreSqlDatabase(source, new SessionOptions());
            await using var connection = await database.OpenAsync(cancellationToken);
            var known = TableList.Default.Tables.Select(table => table.Name.Value).ToArray();
            var found = (await connection.QueryAsync(
                "SELECT count(*) FROM pg_tables WHERE schemaname = $1 AND tablename = ANY ($2)",
                [SqlRunner.Parameter(source.Schema), SqlRunner.Parameter(known)],
                row => row.GetInt64(0),
                cancellationToken))[0];
            return found == known.Length ? TableList.Default.ToString() : "*";
        }
        catch (Exception exception) when (exception is DatabaseException or NpgsqlException)
        {
            return "*";
        }
    }

    private static IEnumerable<string> Lines(DatabaseSettings database) =>
    [
        string.Empty,
        $"{database.Prefix}_DB_HOST={database.Host}",
        $"{database.Prefix}_DB_PORT={database.Port.ToString(CultureInfo.InvariantCulture)}",
        $"{database.Prefix}_DB_DB={Quote(database.Database)}",
        $"{database.Prefix}_DB_SCHEMA={Quote(database.Schema)}",
        $"{database.Prefix}_DB_USER={Quote(database.User)}",
        $"{database.Prefix}_DB_PASSWORD={Quote(database.Password)}",
        $"{database.Prefix}_DB_SSLMODE={Modes[(int)database.Security]}",
    ];

    /// <summary>A value as the file holds it: in quotes if it would otherwise be trimmed.</summary>
    private static string Quote(string value) =>
        value.Length == 0 || (value.Trim() == value && value[0] is not ('"' or '\'')) ? value : value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";

    private static async Task WriteAsync(string path, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, OwnerOnly.CreateFile());
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("# Written by `init`. Read if WHAT_ENV=dev; environment variables override it.".AsMemory(), cancellationToken);
        foreach (var line in lines) await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }
}
