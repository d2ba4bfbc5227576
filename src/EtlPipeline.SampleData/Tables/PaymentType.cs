namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>payment_type</c>.</summary>
/// <param name="PaymentTypeId">The key.</param>
/// <param name="PaymentTypeName">A label of the enum <c>PaymentTypeName</c>.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record PaymentType(
    int PaymentTypeId,
    string PaymentTypeName,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "payment_type",
        state => state.PaymentTypes,
        new("payment_type_id", ColumnKind.WholeNumber),
        new("payment_type_name", ColumnKind.Text),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => PaymentTypeId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        PaymentTypeId,
        PaymentTypeName,
        CreatedAt,
        LastUpdated,
    ];
}
