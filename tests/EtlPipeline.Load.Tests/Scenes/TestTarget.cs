using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load.Tests.Scenes;

/// <summary>Descriptions of targets, written as short as they can be: <c>staff_id integer! -> dim_staff</c>.</summary>
internal static class TestTarget
{
    public static TargetDescription Sale { get; } = Fact("fact_sale", "sale_id", "sale_id integer!", "staff_id integer! -> dim_staff", "amount numeric(10,2)", "note character varying") with
    {
        RecordId = "sale_record_id",
        Comment = "The sales",
        Computed = [new ComputedColumn("double_amount", "2 * amount", "Twice the amount")],
    };

    public static TargetDescription Staff { get; } = Dimension("dim_staff", "staff_id", "staff_id integer!", "name character varying!");

    public static TargetDescription Fact(string name, string key, params string[] columns) => Describe(TargetKind.Fact, name, key, columns);

    public static TargetDescription Dimension(string name, string key, params string[] columns) => Describe(TargetKind.Dimension, name, key, columns);

    public static TargetDescription Copy(string name, string key, params string[] columns) => Describe(TargetKind.Copy, name, key, columns);

    private static TargetDescription Describe(TargetKind kind, string name, string key, string[] columns) => new()
    {
        Name = TableName.Parse(name),
        Kind = kind,
        Source = TableName.Parse(name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]),
        Columns = [.. columns.Select(Column)],
        Key = key.Split(','),
        Mapping = "mapping-1",
    };

    private static TargetColumn Column(string text)
    {
        var parts = text.Split(" -> ");
        var space = parts[0].IndexOf(' ', StringComparison.Ordinal);
        var type = parts[0][(space + 1)..];
        return new TargetColumn(
            text[..space], ColumnType.Parse(type.TrimEnd('!')), type.EndsWith('!'), $"The {text[..space]}", parts.Length > 1 ? TableName.Parse(parts[1]) : null);
    }
}
