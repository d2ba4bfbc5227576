namespace EtlPipeline.SampleData.Tables;

/// <summary>A row of <c>design</c>.</summary>
/// <param name="DesignId">The key.</param>
/// <param name="CreatedAt">When the row was inserted, in UTC.</param>
/// <param name="DesignName">What the design is called; several have the same name.</param>
/// <param name="FileLocation">The folder of its file, which changes without a trace in <c>last_updated</c>.</param>
/// <param name="FileName">Its file.</param>
/// <param name="LastUpdated">When the row was last updated, in UTC, as far as it was told.</param>
public sealed record Design(
    int DesignId,
    DateTime CreatedAt,
    string DesignName,
    string FileLocation,
    string FileName,
    DateTime LastUpdated) : ITotesysRow
{
    internal static readonly TotesysTable Table = new(
        "design",
        state => state.Designs,
        new("design_id", ColumnKind.WholeNumber),
        new("created_at", ColumnKind.Timestamp),
        new("design_name", ColumnKind.Text),
        new("file_location", ColumnKind.Text),
        new("file_name", ColumnKind.Text),
        new("last_updated", ColumnKind.Timestamp));

    /// <inheritdoc/>
    public int Key => DesignId;

    /// <inheritdoc/>
    public object?[] ToValues() =>
    [
        DesignId,
        CreatedAt,
        DesignName,
        FileLocation,
        FileName,
        LastUpdated,
    ];
}
