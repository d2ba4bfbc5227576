namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>currency</c>.</summary>
/// <param name="CurrencyId">The key.</param>
/// <param name="CurrencyCode">The ISO 4217 code.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Currency(
    int CurrencyId,
    string CurrencyCode,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "currency",
        state => state.Currencies,
        new("currency_id", ColumnKind.WholeNumber),
        new("currency_code", ColumnKind.Text),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => CurrencyId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        CurrencyId,
        CurrencyCode,
        CreatedAt,
        LastUpdated,
    ];
}
