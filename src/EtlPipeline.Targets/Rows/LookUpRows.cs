using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Language;

namespace EtlPipeline.Targets.Rows;

/// <summary>The rows of a target's look-ups at one version, each as the target reads it.</summary>
public sealed class LookUpRows
{
    private readonly Dictionary<LookUp, Dictionary<string, object>> _rows = [];

    /// <summary>No rows, for targets without look-ups.</summary>
    public static LookUpRows None => new();

    /// <summary>Adds a row of a look-up table. One that can't be read is left out: the rows that refer to it are rejected, and say so.</summary>
    /// <param name="lookUp">The look-up.</param>
    /// <param name="row">A row of its table.</param>
    public void Add(LookUp lookUp, SourceRow row)
    {
        if (!_rows.TryGetValue(lookUp, out var rows)) _rows.Add(lookUp, rows = new Dictionary<string, object>(StringComparer.Ordinal));
        try
        {
            rows[row.Scalar(lookUp.Key)] = lookUp.ReadRow(row);
        }
        catch (InvalidRowException)
        {
        }
    }

    internal TRow? Find<TRow>(LookUp<TRow> lookUp, string key) where TRow : class =>
        _rows.TryGetValue(lookUp, out var rows) ? (TRow?)rows.GetValueOrDefault(key) : null;
}
