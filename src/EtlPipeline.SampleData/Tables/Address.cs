namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>address</c>.</summary>
/// <param name="AddressId">The key.</param>
/// <param name="AddressLine1">Number and street.</param>
/// <param name="AddressLine2">Flat or suite, of a few.</param>
/// <param name="District">The county or district, of about half.</param>
/// <param name="City">The town.</param>
/// <param name="PostalCode">The postal code; it may begin with zeros.</param>
/// <param name="Country">The country.</param>
/// <param name="Phone">The telephone number; it may begin with a zero.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Address(
    int AddressId,
    string AddressLine1,
    string? AddressLine2,
    string? District,
    string City,
    string PostalCode,
    string Country,
    string Phone,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "address",
        state => state.Addresses,
        new("address_id", ColumnKind.WholeNumber),
        new("address_line_1", ColumnKind.Text),
        new("address_line_2", ColumnKind.Text),
        new("district", ColumnKind.Text),
        new("city", ColumnKind.Text),
        new("postal_code", ColumnKind.Text),
        new("country", ColumnKind.Text),
        new("phone", ColumnKind.Text),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => AddressId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        AddressId,
        AddressLine1,
        AddressLine2,
        District,
        City,
        PostalCode,
        Country,
        Phone,
        CreatedAt,
        LastUpdated,
    ];
}
