namespace EtlPipeline.Extract.Sources;

/// <summary>When a snapshot was taken, of what server, and at which transactions.</summary>
public sealed record SnapshotPoint
{
    /// <summary>The source's clock, in UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The oldest transaction that was in flight; all below have ended.</summary>
    public required ulong Xmin { get; init; }

    /// <summary>The next transaction id: none of it or above was visible.</summary>
    public required ulong Xmax { get; init; }

    /// <summary>What tells one life of one server from another: transaction ids of two servers can't be compared.</summary>
    public required string Server { get; init; }

    /// <summary>Whether the server replays another's log, and may be behind it.</summary>
    public bool IsStandby { get; init; }
}
