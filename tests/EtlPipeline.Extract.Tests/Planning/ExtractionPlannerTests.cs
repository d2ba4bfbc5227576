using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Planning;
using EtlPipeline.Extract.Sources;
using EtlPipeline.Extract.Versions;

namespace EtlPipeline.Extract.Tests.Planning;

public sealed class ExtractionPlannerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 45, 3, TimeSpan.Zero);

    private static readonly SnapshotPoint Snapshot = new() { TakenAt = Now, Xmin = 1000, Xmax = 1010, Server = "7/1/today" };

    private static readonly SourceRelation Relation = new()
    {
        Table = TableName.Parse("item"),
        Columns = [],
        Key = [0],
        Shape = "shape",
        HasTransactionIds = true,
    };

    private static readonly IngestionMetadata Metadata = new()
    {
        Source = SourceKind.Oltp,
        Run = "run",
        Rows = 3,
        Changed = 3,
        ChangedFrom = 2,
        ExtractedAt = Now.AddMinutes(-5),
        SnapshotXmin = 990,
        SnapshotXmax = 1005,
        Server = "7/1/today",
        Shape = "shape",
        FullAt = Now.AddHours(-24),
    };

    [Fact]
    public void The_first_run_writes_every_row() => Assert.IsType<ExtractionPlan.WriteEveryRow>(Decide(null));

    [Fact]
    public void A_later_run_reads_what_may_have_changed_since_the_newest_version() => Assert.Equal(
        new ExtractionPlan.CompareChanged(new RowFilter.ChangedSince(Metadata.ExtractedAt, 990)), Decide(Metadata));

    [Fact]
    public void A_run_that_is_to_be_full_writes_every_row() =>
        Assert.IsType<ExtractionPlan.WriteEveryRow>(Decide(Metadata, isFull: true));

    [Fact]
    public void Missing_metadata_make_all_rows_be_compared() => AssertReason(
        ComparisonReason.NoMetadata, Planner(Snapshot).Decide(Relation, new NewestVersion(new VersionKey(Relation.Table, new(Now)), null)));

    [Fact]
    public void A_relation_without_transaction_ids_is_compared_as_a_whole() =>
        AssertReason(ComparisonReason.NoTransactionIds, Decide(Metadata, relation: Relation with { HasTransactionIds = false }));

    [Fact]
    public void Another_server_makes_all_rows_be_compared() =>
        AssertReason(ComparisonReason.OtherServer, Decide(Metadata with { Server = "7/1/yesterday" }));

    [Fact]
    public void Lower_transaction_ids_make_all_rows_be_compared() =>
        AssertReason(ComparisonReason.TransactionIdsRestarted, Decide(Metadata with { SnapshotXmax = 1011 }));

    [Fact]
    public void Transaction_ids_that_have_wrapped_around_make_all_rows_be_compared()
    {
        AssertReason(ComparisonReason.TransactionIdsWrapped, Decide(Metadata, Snapshot with { Xmax = 990 + (1UL << 31) }));
        Assert.IsType<ExtractionPlan.CompareChanged>(Decide(Metadata, Snapshot with { Xmax = 990 + (1UL << 31) - 1 }));
    }

    [Fact]
    public void Transaction_ids_are_compared_across_an_epoch() => Assert.IsType<ExtractionPlan.CompareChanged>(Decide(
        Metadata with { SnapshotXmin = (1UL << 32) - 5, SnapshotXmax = 1UL << 32 },
        Snapshot with { Xmin = (1UL << 32) + 3, Xmax = (1UL << 32) + 4 }));

    [Fact]
    public void Another_shape_makes_all_rows_be_compared() =>
        AssertReason(ComparisonReason.OtherShape, Decide(Metadata with { Shape = "other" }));

    [Fact]
    public void All_rows_are_compared_once_in_more_than_a_day() =>
        AssertReason(ComparisonReason.Due, Decide(Metadata with { FullAt = Metadata.FullAt.AddTicks(-10) }));

    [Fact]
    public void A_clock_that_was_set_back_does_not_put_off_the_comparison_of_all_rows() =>
        AssertReason(ComparisonReason.Due, Decide(Metadata with { FullAt = Now.AddHours(1) }));

    [Theory]
    [InlineData(1000, 1004)]
    [InlineData(989, 1010)]
    public void A_standby_that_is_behind_is_refused(ulong xmin, ulong xmax)
    {
        var standby = Snapshot with { IsStandby = true, Xmin = xmin, Xmax = xmax, Server = "7/1/standby" };
        Assert.Contains("standby", Assert.IsType<ExtractionPlan.Refuse>(Decide(Metadata, standby)).Fault, StringComparison.Ordinal);
        Assert.IsType<ExtractionPlan.WriteEveryRow>(Decide(Metadata, standby, isFull: true));
    }

    [Fact]
    public void A_standby_that_has_caught_up_is_read() =>
        Assert.IsType<ExtractionPlan.CompareChanged>(Decide(Metadata, Snapshot with { IsStandby = true }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_kind_of_source_is_refused(bool isFull)
    {
        var refusal = Assert.IsType<ExtractionPlan.Refuse>(Decide(Metadata with { Source = SourceKind.Sample }, isFull: isFull));
        Assert.Contains("'sample'", refusal.Fault, StringComparison.Ordinal);
    }

    private static ExtractionPlan Decide(
        IngestionMetadata? metadata, SnapshotPoint? snapshot = null, SourceRelation? relation = null, bool isFull = false) =>
        Planner(snapshot ?? Snapshot, isFull).Decide(
            relation ?? Relation,
            metadata is null ? null : new NewestVersion(new VersionKey(Relation.Table, new TableVersion(Now.AddMinutes(-5))), metadata));

    private static ExtractionPlanner Planner(SnapshotPoint snapshot, bool isFull = false) => new(SourceKind.Oltp, snapshot, isFull);

    private static void AssertReason(string reason, ExtractionPlan plan) => Assert.Equal(new ExtractionPlan.CompareAll(reason), plan);
}
