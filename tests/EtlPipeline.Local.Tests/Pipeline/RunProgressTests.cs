using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Load;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Transform;

namespace EtlPipeline.Local.Tests.Pipeline;

public sealed class RunProgressTests
{
    private static readonly TableName Staff = TableName.Parse("staff");
    private static readonly TableName DimStaff = TableName.Parse("dim_staff");
    private static readonly TableVersion Version = TableVersion.Parse("2026-11-23_12-45-03-123456");

    private readonly RunProgress _progress = new();

    [Fact]
    public void What_the_three_stages_did_for_a_table_stands_in_one_row()
    {
        _progress.Report(new VersionWritten(Staff, Version, VersionKind.Chunk, VersionReason.First, 20, 1000, TimeSpan.FromSeconds(1)));
        _progress.Report(new VersionTransformed(Staff, DimStaff, Version, 18, 2, TimeSpan.FromSeconds(2)));
        _progress.Report(new VersionLoaded(DimStaff, Version, 18, 4, 1, 3, 2, 1, TimeSpan.FromSeconds(3)));

        var expected = new TableProgress(Staff)
        {
            Step = TableStep.Loaded,
            Read = 20,
            ReadWhole = 20,
            Sent = 1000,
            Reasons = Assert.Single(_progress.Tables).Reasons,
            Compared = 18,
            Written = 4,
            Deleted = 3,
            Rejected = 2,
            Corrections = 1,
            Elapsed = TimeSpan.FromSeconds(6),
        };
        Assert.Equal([expected], _progress.Tables);
        Assert.Equal([VersionReason.First], expected.Reasons);
        Assert.StartsWith(
            "4 rows written, 3 deleted, 2 rejected, 1 of them corrections that the daily round made in 1 table",
            RunTable.Summarize(_progress.Tables, new RunOutcome(null, []), TimeSpan.Zero),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_versions_of_a_table_add_up_and_the_daily_round_is_not_a_whole_reading()
    {
        _progress.Report(new VersionWritten(Staff, Version, VersionKind.Chunk, VersionReason.Round, 20, 1000, TimeSpan.Zero));
        _progress.Report(new VersionWritten(Staff, Version.Next, VersionKind.Changes, VersionReason.Changed, 2, 100, TimeSpan.Zero));

        var staff = Assert.Single(_progress.Tables);
        Assert.Equal((22, 0, false), (staff.Read, staff.ReadWhole, staff.HasChanged));
        Assert.StartsWith("nothing changed", RunTable.Summarize(_progress.Tables, new RunOutcome(null, []), TimeSpan.Zero), StringComparison.Ordinal);
    }

    [Fact]
    public void A_warehouse_table_without_a_source_has_a_row_of_its_own()
    {
        var date = TableName.Parse("dim_date");
        _progress.Report(new VersionLoaded(date, Version, 30, 30, 0, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal([date], _progress.Tables.Select(table => table.Table));
    }
}
