using System.Text;
using EtlPipeline.Core.Lake;
using Npgsql;

namespace EtlPipeline.Report.Figures;

/// <summary>What the ledger says about a target.</summary>
/// <param name="Target">The table.</param>
/// <param name="Kind">What kind of table it is: fact, dimension or copy.</param>
/// <param name="SourceTable">The source table; null if it has none.</param>
internal sealed record TargetHealth(string Target, string Kind, string? SourceTable)
{
    public static FigureQuery<TargetHealth> Query { get; } = new("target_health.sql", Read);

    /// <summary>Its own description; null if none of it has been loaded yet.</summary>
    public TargetDescription? Description { get; private init; }

    /// <summary>The newest version that was loaded or skipped; null if there is none.</summary>
    public TableVersion? Version { get; private init; }

    /// <summary>Since when every row has been compared with the source; null if that isn't known.</summary>
    public TableVersion? VerifiedThrough { get; private init; }

    /// <summary>Since when the history is complete; null if that isn't known.</summary>
    public TableVersion? HistorySince { get; private init; }

    /// <summary>Whether nothing is ended until deletes are accepted.</summary>
    public bool IsBlocked { get; private init; }

    public long Inserted { get; private init; }

    public long Deleted { get; private init; }

    /// <summary>Records that the daily round had to write because the following missed them.</summary>
    public long Corrections { get; private init; }

    /// <summary>Corrections of the last days, which deserve a look.</summary>
    public long RecentCorrections { get; private init; }

    /// <summary>When the last correction was loaded; null if there was none.</summary>
    public DateTimeOffset? CorrectedAt { get; private init; }

    /// <summary>Versions that couldn't be loaded and that no round has made up for yet.</summary>
    public long Missed { get; private init; }

    /// <summary>When something was last loaded; null if nothing was.</summary>
    public DateTimeOffset? LoadedAt { get; private init; }

    /// <summary>Rows of the source that can't be in the warehouse.</summary>
    public long Rejected { get; private init; }

    private static TargetHealth Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), Text(row, 2))
    {
        Description = Text(row, 3) is { } json ? TargetDescription.Parse(Encoding.UTF8.GetBytes(json)) : null,
        Version = Stamp(row, 4),
        VerifiedThrough = Stamp(row, 5),
        HistorySince = Stamp(row, 6),
        IsBlocked = row.GetBoolean(7),
        Inserted = row.GetInt64(8),
        Deleted = row.GetInt64(9),
        Corrections = row.GetInt64(10),
        RecentCorrections = row.GetInt64(11),
        CorrectedAt = Instant(row, 12),
        Missed = row.GetInt64(13),
        LoadedAt = Instant(row, 14),
        Rejected = row.GetInt64(15),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static TableVersion? Stamp(NpgsqlDataReader row, int column) => TableVersion.TryParse(Text(row, column), out var version) ? version : null;

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>Rows that were rejected for one reason.</summary>
/// <param name="Target">The table that lacks them.</param>
/// <param name="Reason">Why; it names a column, and no value.</param>
/// <param name="Rows">How many.</param>
/// <param name="Since">The version that brought the first of them.</param>
/// <param name="Keys">The keys of some.</param>
internal sealed record RejectedRows(string Target, string Reason, long Rows, TableVersion? Since, string Keys)
{
    public static FigureQuery<RejectedRows> Query { get; } = new(
        "rejected_rows.sql",
        row => new RejectedRows(row.GetString(0), row.GetString(1), row.GetInt64(2), TableVersion.TryParse(row.GetString(3), out var since) ? since : null, row.GetString(4)));
}

/// <summary>What one run of Extract brought to the warehouse.</summary>
/// <param name="Version">The stamp of the run's snapshot.</param>
/// <param name="First">Records that came with a table's first round.</param>
/// <param name="Changed">Records that came later, without corrections.</param>
/// <param name="Deleted">Records that ended because their row was deleted.</param>
/// <param name="Corrections">Records that the daily round had to write because the following missed them.</param>
/// <param name="Rejected">Rows that can't be in the warehouse.</param>
internal sealed record PipelineRun(TableVersion Version, long First, long Changed, long Deleted, long Corrections, long Rejected)
{
    public static FigureQuery<PipelineRun> Query { get; } = new(
        "pipeline_runs.sql",
        row => new PipelineRun(TableVersion.Parse(row.GetString(0)), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)));
}
