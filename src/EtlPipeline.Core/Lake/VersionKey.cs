using System.Diagnostics.CodeAnalysis;

namespace EtlPipeline.Core.Lake;

/// <summary>One version of one table, and the keys under which its objects lie.</summary>
/// <param name="Table">The table of the source, or of the warehouse.</param>
/// <param name="Version">Its version.</param>
public readonly record struct VersionKey(TableName Table, TableVersion Version)
{
    /// <summary>The ingestion bucket's object: <c>{table}/{version}.json</c>.</summary>
    public string Rows => Key(ObjectForm.Rows);

    /// <summary>The rows that vanished with this version, as last seen: <c>{table}/{version}.deleted.json</c>.</summary>
    public string DeletedRows => Key(ObjectForm.DeletedRows);

    /// <summary>The processed bucket's object: <c>{table}/{version}.parquet</c>.</summary>
    public string Parquet => Key(ObjectForm.Parquet);

    /// <summary>The rows that could not be transformed: <c>rejected/{table}/{version}.json</c>.</summary>
    public string RejectedRows => $"rejected/{Table}/{Version}.json";

    /// <summary>The key of one of the forms that lie in the table's own folder.</summary>
    public string Key(ObjectForm form) => $"{Table}/{Version}{form.Suffix}";

    /// <summary>Reads a key of the given form; false where it is not exactly such a key.</summary>
    public static bool TryParse([NotNullWhen(true)] string? key, ObjectForm form, out VersionKey versionKey)
    {
        versionKey = default;
        if (key is null || !key.EndsWith(form.Suffix, StringComparison.Ordinal)) return false;
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || slash + 1 > key.Length - form.Suffix.Length) return false;
        if (!TableName.TryParse(key[..slash], out var table)) return false;
        if (!TableVersion.TryParse(key[(slash + 1)..^form.Suffix.Length], out var version)) return false;
        versionKey = new VersionKey(table, version);
        return true;
    }

    /// <summary>Table and version, for messages.</summary>
    public override string ToString() => $"{Table}/{Version}";
}
