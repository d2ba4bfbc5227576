using System.Globalization;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Reading;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>The arithmetic of segments.</summary>
public sealed class SegmentMapTests
{
    private static readonly TableKey Key = new([new KeyColumn("id", KeyOrder.Number)]);
    private static readonly TableVersion Version = TableVersion.Parse("2026-11-23_12-45-03-123456");
    private static readonly DateTimeOffset ReadAt = Version.Instant;
    private static readonly ExtractLimits Limits = new() { SegmentRows = 100, SegmentBytes = 10_000, Segments = 8 };

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(20, 1)]
    [InlineData(21, 2)]
    [InlineData(99, 2)]
    public void A_key_lies_above_one_bound_and_not_above_the_next(int key, int segment) =>
        Assert.Equal(segment, Map(Of(10), Of(20), Of(null)).Find(new RowKey(key.ToString(CultureInfo.InvariantCulture))));

    [Fact]
    public void Neighbours_that_have_shrunk_to_a_quarter_are_joined_and_keep_the_older_reading()
    {
        var newer = Of(20, rows: 25) with { Read = Version.Next, ReadAt = ReadAt.AddHours(1), Since = Version.Next };
        var map = Map(Of(10, rows: 25), newer, Of(30, rows: 26), Of(null, rows: 1));

        map.Join();

        Assert.Equal([50L, 26L, 1L], map.All.Select(segment => segment.Rows));
        Assert.Equal((Version, ReadAt, Version), (map.All[0].Read, map.All[0].ReadAt, map.All[0].Since));
        Assert.Equal("20", map.All[0].To!.Values[0]);
    }

    [Fact]
    public void Segments_that_are_due_for_different_reasons_and_unknown_ones_stay_apart()
    {
        var map = Map(Of(10) with { Due = VersionReason.Deleted }, Of(20), Of(30) with { Due = VersionReason.Bulk }, new Segment());

        map.Join();

        Assert.Equal(4, map.All.Count);
    }

    [Fact]
    public void More_segments_than_a_table_may_have_grow()
    {
        var map = Map([.. Enumerable.Range(1, 19).Select(i => Of(i * 10, rows: 90)), Of(null, rows: 90)]);

        map.Join();

        Assert.InRange(map.All.Count, 4, 8);
        Assert.Equal(1800, map.KnownRows);
    }

    [Fact]
    public void The_round_comes_to_segments_by_their_place()
    {
        var map = Map(Of(10), Of(20), Of(30), Of(null));

        Assert.Equal([true, false, false, false], Turns(12.1));
        Assert.Equal([true, true, true, false], Turns(18));
        Assert.Equal([true, true, true, true], Turns(21));

        IEnumerable<bool> Turns(double hours) => Enumerable.Range(0, 4).Select(i => map.IsTurnOf(i, ReadAt.AddHours(hours)));
    }

    private static SegmentMap Map(params IReadOnlyList<Segment> segments) => new(Key, segments, Limits);

    private static Segment Of(int? to, long rows = 10) => new()
    {
        To = to is { } bound ? new RowKey(bound.ToString(CultureInfo.InvariantCulture)) : null,
        Rows = rows,
        Bytes = rows * 10,
        Read = Version,
        ReadAt = ReadAt,
        Since = Version,
    };
}
