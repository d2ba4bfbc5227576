namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>department</c>.</summary>
/// <param name="DepartmentId">The key.</param>
/// <param name="DepartmentName">Its name.</param>
/// <param name="Location">The town it sits in.</param>
/// <param name="Manager">Who leads it.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Department(
    int DepartmentId,
    string DepartmentName,
    string? Location,
    string? Manager,
    DateTime CreatedAt,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "department",
        state => state.Departments,
        new("department_id", ColumnKind.WholeNumber),
        new("department_name", ColumnKind.Text),
        new("location", ColumnKind.Text),
        new("manager", ColumnKind.Text),
        new("created_at", ColumnKind.Timestamp),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => DepartmentId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        DepartmentId,
        DepartmentName,
        Location,
        Manager,
        CreatedAt,
        LastUpdated,
    ];
}
