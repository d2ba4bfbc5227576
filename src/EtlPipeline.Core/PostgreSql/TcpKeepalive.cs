namespace EtlPipeline.Core.PostgreSql;

/// <summary>
/// When an end of a connection is taken for dead: after half a minute, so that the locks of a function that was killed free themselves.
/// </summary>
internal static class TcpKeepalive
{
    public static TimeSpan Idle { get; } = TimeSpan.FromSeconds(15);

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    public static int Count => 3;
}
