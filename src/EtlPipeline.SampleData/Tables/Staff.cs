namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>staff</c>.</summary>
/// <param name="StaffId">The key.</param>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="DepartmentId">The department.</param>
/// <param name="EmailAddress">The address for e-mail.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Staff(
    int StaffId,
    string FirstName,
    string LastName,
    int DepartmentId,
    string EmailAddress,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "staff",
        state => state.Staff,
        new("staff_id", ColumnKind.WholeNumber),
        new("first_name", ColumnKind.Text),
        new("last_name", ColumnKind.Text),
        new("department_id", ColumnKind.WholeNumber),
        new("email_address", ColumnKind.Text),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => StaffId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        StaffId,
        FirstName,
        LastName,
        DepartmentId,
        EmailAddress,
        CreatedAt,
        LastUpdated,
    ];
}
