using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class TableVersionTests
{
    private const string Text = "2026-11-23_12-45-03-123456";

    [Fact]
    public void A_version_is_a_moment_in_UTC_cut_to_microseconds()
    {
        var version = new TableVersion(new DateTimeOffset(2026, 11, 23, 18, 15, 3, TimeSpan.FromHours(5.5)).AddTicks(1_234_569));

        Assert.Equal(Text, version.ToString());
        Assert.Equal(TimeSpan.Zero, version.Instant.Offset);
        Assert.Equal(TableVersion.Parse(Text), version);
    }

    [Theory]
    [InlineData("0001-01-01_00-00-00-000000")]
    [InlineData("0999-12-31_23-59-59-999999")]
    [InlineData("2024-02-29_00-00-00-000001")]
    [InlineData("9999-12-31_23-59-59-999999")]
    public void A_text_reads_back_as_it_was(string text) => Assert.Equal(text, TableVersion.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T12:45:03.123456")]
    [InlineData("2026-11-23_12-45-03-12345")]
    [InlineData("2026-11-23_12-45-03-1234567")]
    [InlineData(" 2026-11-23_12-45-03-123456")]
    [InlineData("2026-11-23_12-45-03-123456\n")]
    [InlineData("2026-11-23_12-45-03-123456\0")]
    [InlineData("2026-1-23_12-45-03-123456")]
    [InlineData("2026-13-23_12-45-03-123456")]
    [InlineData("2025-02-29_12-45-03-123456")]
    [InlineData("2026-11-23_24-00-00-000000")]
    [InlineData("2026-11-23_12-45-60-000000")]
    [InlineData("0000-01-01_00-00-00-000000")]
    [InlineData("٢٠٢٦-11-23_12-45-03-123456")]
    public void Anything_else_is_refused(string? text)
    {
        Assert.False(TableVersion.TryParse(text, out _));
        Assert.Throws<FormatException>(() => TableVersion.Parse(text!));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Versions_sort_as_their_texts_do(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var left = new TableVersion(new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero));
            var right = random.Next(3) == 0 ? left : new TableVersion(Near(left, random));
            var expected = Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString()));
            Assert.Equal(expected, Math.Sign(left.CompareTo(right)));
            Assert.Equal((expected < 0, expected > 0), ((left < right), (left > right)));
            Assert.Equal((expected <= 0, expected >= 0), ((left <= right), (left >= right)));
            Assert.Equal(expected > 0 ? left : right, TableVersion.Newest(left, right));
            Assert.Equal(left, TableVersion.Parse(left.ToString()));
        }
    }

    [Theory]
    [InlineData("2026-11-23_12-45-03-123456", "2026-11-23_12-45-03-123457")]
    [InlineData("2026-12-31_23-59-59-999999", "2027-01-01_00-00-00-000000")]
    public void The_next_version_is_a_microsecond_later(string text, string next) =>
        Assert.Equal(next, TableVersion.Parse(text).Next.ToString());

    [Theory]
    [InlineData(21)]
    public void A_text_that_is_read_at_all_is_the_only_one_of_its_version(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5000; round++)
        {
            var text = System.Text.Encoding.UTF8.GetString(Damage.Of(System.Text.Encoding.UTF8.GetBytes(Text), random));
            if (TableVersion.TryParse(text, out var version)) Assert.Equal(text, version.ToString());
        }
    }

    private static DateTimeOffset Near(TableVersion version, Random random) =>
        new(Math.Clamp(version.Instant.Ticks + random.NextInt64(-50_000_000, 50_000_000), 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
