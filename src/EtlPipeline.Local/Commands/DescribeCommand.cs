using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Targets;

namespace EtlPipeline.Local.Commands;

/// <summary>The warehouse's tables, described for other tools.</summary>
internal sealed class DescribeCommand : ICommand
{
    private const string Explanation = """
        The formats:
          markdown   a page with a table of columns for each table of the warehouse
          mermaid    the star as an entity relationship diagram
          dbt        a sources file: etl describe --format dbt > models/sources.yml
          json       everything, for programs
        Without --warehouse it describes the targets that this software has; with it, those that lie in the warehouse of the settings, copied
        tables (stg_…) among them.
        """;

    private readonly Option<string> _format = new("--format")
    {
        Description = "dbt, markdown, json or mermaid.",
        HelpName = "dbt|markdown|json|mermaid",
        DefaultValueFactory = _ => "markdown",
    };

    private readonly Option<bool> _warehouse = new("--warehouse")
    {
        Description = "Describe the tables that the configured warehouse really has.",
    };

    public Command Define()
    {
        _format.AcceptOnlyFromAmong("dbt", "markdown", "json", "mermaid");
        return new ExplainedCommand("describe", "Describe the tables of the warehouse: for dbt, as a page, as JSON, as a diagram.", Explanation) { _format, _warehouse };
    }

    public async Task<ExitCode> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (targets, schema) = (TargetCatalogue.All.Select(target => target.Description).Append(TargetCatalogue.Calendar).ToList(), "public");
        if (context.Parsed.GetValue(_warehouse) || context.IsForDemo)
        {
            var settings = await context.ChoosePipelineAsync(isForMachine: true, cancellationToken);
            (targets, schema) = ([.. await WarehouseDescriptions.ReadAsync(settings, cancellationToken)], settings.Load.Warehouse.Schema);
            if (targets.Count == 0) throw new PipelineException($"The warehouse {settings.Load.Warehouse} has no table of this pipeline yet. Call: {context.Hint("run")}");
        }

        var ordered = targets.DistinctBy(target => target.Name).OrderBy(target => target.Kind).ThenBy(target => target.Name.Value, StringComparer.Ordinal).ToList();
        context.Terminal.WriteLine(Describe(context.Parsed.GetValue(_format)!, ordered, schema).TrimEnd());
        return ExitCode.Success;
    }

    private static string Describe(string format, IReadOnlyList<TargetDescription> targets, string schema) => format switch
    {
        "dbt" => TargetDocuments.Dbt(targets, schema),
        "json" => TargetDocuments.Json(targets),
        "mermaid" => TargetDocuments.Mermaid(targets),
        _ => TargetDocuments.Markdown(targets),
    };
}

/// <summary>Documents made from the targets' descriptions.</summary>
internal static class TargetDocuments
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A page with a heading, a sentence and a table of columns for each target.</summary>
    public static string Markdown(IReadOnlyList<TargetDescription> targets)
    {
        var page = new StringBuilder();
        foreach (var target in targets)
        {
            page.Append($"## {target.Name}\n\n{target.Comment}\n\n");
            if (target.Source is { } source) page.Append($"From `{source}`; key: {string.Join(", ", target.Key.Select(name => $"`{name}`"))}.\n\n");
            page.Append("| column | type | required | meaning |\n|---|---|---|---|\n");
            foreach (var column in target.Columns)
                page.Append($"| `{column.Name}` | {column.Type} | {(column.IsRequired ? "yes" : "no")} | {Meaning(column)} |\n");
            foreach (var computed in target.Computed)
                page.Append($"| `{computed.Name}` | computed | no | {Escape(computed.Comment)} In the view of current records: `{computed.Expression}`. |\n");
            page.Append('\n');
        }

        return page.ToString();
    }

    /// <summary>The star as an entity relationship diagram (https://mermaid.js.org/syntax/entityRelationshipDiagram.html).</summary>
    public static string Mermaid(IReadOnlyList<TargetDescription> targets)
    {
        var diagram = new StringBuilder("erDiagram\n");
        foreach (var target in targets)
        {
            diagram.Append($"    {target.Name} {{\n");
            foreach (var column in target.Columns)
            {
                var keys = new[] { target.Key.Contains(column.Name) ? "PK" : null, column.References is { } ? "FK" : null }.OfType<string>();
                diagram.Append($"        {column.Type.Name.Replace(' ', '_').Replace(',', '_')} {column.Name} {string.Join(", ", keys)}".TrimEnd()).Append('\n');
            }

            diagram.Append("    }\n");
        }

        foreach (var (target, column) in targets.SelectMany(target => target.Columns.Where(column => column.References is { }).Select(column => (target, column))))
            diagram.Append($"    {column.References} ||--o{{ {target.Name} : {column.Name}\n");
        return diagram.ToString();
    }

    /// <summary>A dbt sources file (https://docs.getdbt.com/reference/source-properties): tests for keys, required columns and references.</summary>
    public static string Dbt(IReadOnlyList<TargetDescription> targets, string schema)
    {
        var yaml = new StringBuilder("version: 2\n\nsources:\n  - name: warehouse\n");
        yaml.Append($"    schema: {Quote(schema)}\n    tables:\n");
        foreach (var target in targets)
        {
            yaml.Append($"      - name: {target.Name}\n        description: {Quote(target.Comment ?? string.Empty)}\n        columns:\n");
            foreach (var column in target.Columns) AppendColumn(yaml, target, column);
        }

        return yaml.ToString();
    }

    /// <summary>The descriptions as in the Parquet files, in an array.</summary>
    public static string Json(IReadOnlyList<TargetDescription> targets)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartArray();
            foreach (var target in targets)
            {
                using var document = JsonDocument.Parse(target.ToJson());
                document.RootElement.WriteTo(json);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void AppendColumn(StringBuilder yaml, TargetDescription target, TargetColumn column)
    {
        yaml.Append($"          - name: {column.Name}\n            data_type: {Quote(column.Type.Name)}\n");
        if (column.Comment is { } comment) yaml.Append($"            description: {Quote(comment)}\n");
        var tests = new List<string>();
        if (column.IsRequired) tests.Add("not_null");
        // A fact's table has every state of a row; its key is unique only among the current ones.
        if (target is { Kind: not TargetKind.Fact, Key.Count: 1 } && target.Key[0] == column.Name) tests.Add("unique");
        if (tests.Count == 0 && column.References is null) return;
        yaml.Append("            data_tests:\n");
        foreach (var test in tests) yaml.Append($"              - {test}\n");
        if (column.References is { } reference)
        {
            yaml.Append("              - relationships:\n                  arguments:\n");
            yaml.Append($"                    to: source('warehouse', '{reference}')\n                    field: {ReferencedKey(reference)}\n");
        }
    }

    private static string ReferencedKey(TableName dimension) =>
        (dimension == TargetCatalogue.Calendar.Name ? TargetCatalogue.Calendar : TargetCatalogue.Find(dimension)?.Description)?.Key[0] ?? "id";

    private static string Meaning(TargetColumn column) =>
        $"{Escape(column.Comment ?? string.Empty)}{(column.References is { } reference ? $" → `{reference}`" : string.Empty)}".Trim();

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    /// <summary>A scalar in double quotes, which YAML reads like JSON.</summary>
    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"";
}
