namespace EtlPipeline.Extract.Source;

/// <summary>When a snapshot was taken, of what server, and at which transactions.</summary>
public sealed record SnapshotPoint
{
    /// <summary>The source's clock, in UTC, in whole microseconds.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The oldest transaction that was in flight; all below have ended.</summary>
    public required ulong Xmin { get; init; }

    /// <summary>The next transaction id: none of it or above was visible.</summary>
    public required ulong Xmax { get; init; }

    /// <summary>The position in the write-ahead log, read after the snapshot; null if the source has none, or doesn't tell.</summary>
    public ulong? Wal { get; init; }

    /// <summary>What a standby had replayed before the transaction began; null if the server isn't a standby.</summary>
    public ulong? ReplayedBefore { get; init; }

    /// <summary>What tells one life of one server from another, in ASCII: transaction ids of two servers can't be compared.</summary>
    public required string Server { get; init; }

    /// <summary>The part of <see cref="Server"/> that a server and its standbys have in common.</summary>
    public string System => SystemOf(Server);

    /// <summary>Whether another server has the same data files, or copies of them.</summary>
    public bool IsSameSystem(string server) => SystemOf(server) == System;

    private static string SystemOf(string server) => server.Split('/')[0];
}
