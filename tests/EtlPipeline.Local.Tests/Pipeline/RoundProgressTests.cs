using EtlPipeline.Core.Lake;
using EtlPipeline.Extract;
using EtlPipeline.Load;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Transform;

namespace EtlPipeline.Local.Tests.Pipeline;

public sealed class RoundProgressTests
{
    private static readonly TableName Staff = TableName.Parse("staff");
    private static readonly TableName DimStaff = TableName.Parse("dim_staff");
    private static readonly TableVersion Version = TableVersion.Parse("2026-11-23_12-45-03-123456");

    private readonly RoundProgress _progress = new([Staff]);

    [Fact]
    public void What_the_three_stages_did_for_a_table_stands_in_one_row()
    {
        _progress.Report(new TableExtracted(Staff, Version, 5, 20, 4, 1, TimeSpan.FromSeconds(1)));
        _progress.Report(new VersionTransformed(Staff, DimStaff, Version, 4, 2, TimeSpan.FromSeconds(2)));
        _progress.Report(new VersionLoaded(DimStaff, Version, 4, 3, Skipped: false, TimeSpan.FromSeconds(3)));

        var expected = new TableProgress(Staff)
        {
            Step = TableStep.Loaded,
            Read = 5,
            Changed = 4,
            Deleted = 1,
            Rejected = 2,
            Loaded = 3,
            Elapsed = TimeSpan.FromSeconds(6),
        };
        Assert.Equal([expected], _progress.Tables);
    }

    [Fact]
    public void Several_versions_of_a_table_add_up()
    {
        _progress.Report(new VersionTransformed(Staff, DimStaff, Version, 4, 2, TimeSpan.Zero));
        _progress.Report(new VersionTransformed(Staff, DimStaff, Version.Next, 4, 1, TimeSpan.Zero));

        Assert.Equal(3, Assert.Single(_progress.Tables).Rejected);
    }

    [Fact]
    public void A_table_that_did_not_change_is_done()
    {
        _progress.Report(new TableExtracted(Staff, null, 0, 20, 0, 0, TimeSpan.Zero));

        Assert.Equal(TableStep.Unchanged, Assert.Single(_progress.Tables).Step);
    }

    [Fact]
    public void A_warehouse_table_without_a_source_has_a_row_of_its_own()
    {
        var date = TableName.Parse("dim_date");
        _progress.Report(new VersionLoaded(date, Version, 30, 30, Skipped: false, TimeSpan.Zero));

        Assert.Equal([Staff, date], _progress.Tables.Select(table => table.Table));
    }
}
