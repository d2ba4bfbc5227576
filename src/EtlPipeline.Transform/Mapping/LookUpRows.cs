using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Mapping;

/// <summary>The rows of one version of a look-up table, by key.</summary>
internal abstract class LookUpRows
{
    /// <summary>Keeps what the target needs of a row; of two with the same key the last is kept.</summary>
    /// <exception cref="InvalidRowException">The row has not what the target needs.</exception>
    public abstract void Add(SourceRow row);
}

/// <inheritdoc cref="LookUpRows"/>
/// <param name="keyColumn">The key column of the look-up table.</param>
/// <param name="read">Reads what the target needs.</param>
internal sealed class LookUpRows<TLookUp>(string keyColumn, Func<SourceRow, TLookUp> read) : LookUpRows where TLookUp : class
{
    private readonly Dictionary<int, TLookUp> _rows = [];

    public override void Add(SourceRow row) => _rows[row.Integer(keyColumn)] = read(row);

    /// <summary>The row with a key, or null.</summary>
    public TLookUp? Find(int key) => _rows.GetValueOrDefault(key);
}
