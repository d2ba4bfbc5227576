namespace EtlPipeline.Core.Rows;

/// <summary>Where a <see cref="JsonRowReader"/> begins, and when it gives up.</summary>
public sealed record JsonRowReaderOptions
{
    /// <summary>A body from its first byte on.</summary>
    public static JsonRowReaderOptions WholeBody { get; } = new();

    /// <summary>Bytes of the object that lie before the stream; faults are counted from the object's beginning. 0 by default.</summary>
    public long Offset { get; init; }

    /// <summary>Whether the stream begins at a row in the middle of the array, as a ranged GET brings it. False by default.</summary>
    public bool IsContinuation { get; init; }

    /// <summary>The longest row that is read, in bytes; a longer one makes the body unreadable. <see cref="RowLimits.Bytes"/> by default.</summary>
    public int LongestRow { get; init; } = RowLimits.Bytes;
}
