using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EtlPipeline.Core.Lake;

/// <summary>
/// A version of a table: a moment in UTC, to the microsecond, written <c>2026-11-23_12-45-03-123456</c>. Versions sort by time, and their
/// texts sort alike, which is what lets an object store list the versions after a given one.
/// </summary>
public readonly record struct TableVersion : IComparable<TableVersion>
{
    private const string Format = "yyyy-MM-dd_HH-mm-ss-ffffff";

    /// <summary>Makes the version of a moment; what is below a microsecond is cut off.</summary>
    /// <param name="instant">The moment; of any offset.</param>
    public TableVersion(DateTimeOffset instant) => Instant = new DateTimeOffset(
        instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>The moment, in UTC, in whole microseconds.</summary>
    public DateTimeOffset Instant { get; }

    /// <summary>The version a microsecond later.</summary>
    public TableVersion Next => new(Instant.AddTicks(TimeSpan.TicksPerMicrosecond));

    /// <summary>Reads a version.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static TableVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new FormatException("A version is written like 2026-11-23_12-45-03-123456.");

    /// <summary>Reads a version; false if the text isn't one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TableVersion version)
    {
        var parsed = DateTime.TryParseExact(
            text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant);
        version = parsed ? new TableVersion(new DateTimeOffset(instant, TimeSpan.Zero)) : default;
        return parsed;
    }

    /// <summary>Whether one is older than the other.</summary>
    public static bool operator <(TableVersion left, TableVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is newer than the other.</summary>
    public static bool operator >(TableVersion left, TableVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is not newer than the other.</summary>
    public static bool operator <=(TableVersion left, TableVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one is not older than the other.</summary>
    public static bool operator >=(TableVersion left, TableVersion right) => left.CompareTo(right) >= 0;

    /// <summary>The newer of the two.</summary>
    public static TableVersion Newest(TableVersion left, TableVersion right) => left > right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(TableVersion other) => Instant.CompareTo(other.Instant);

    /// <summary>The version's text, <c>2026-11-23_12-45-03-123456</c>.</summary>
    public override string ToString() => Instant.ToString(Format, CultureInfo.InvariantCulture);
}
