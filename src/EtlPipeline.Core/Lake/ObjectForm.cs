namespace EtlPipeline.Core.Lake;

/// <summary>The forms in which a version lies in a table's folder.</summary>
public sealed class ObjectForm
{
    private ObjectForm(string suffix) => Suffix = suffix;

    /// <summary>A source table's rows, as JSON.</summary>
    public static ObjectForm Rows { get; } = new(".json");

    /// <summary>The rows that vanished, as JSON.</summary>
    public static ObjectForm DeletedRows { get; } = new(".deleted.json");

    /// <summary>A warehouse table's rows, as Parquet.</summary>
    public static ObjectForm Parquet { get; } = new(".parquet");

    /// <summary>How a key of this form ends.</summary>
    public string Suffix { get; }
}
