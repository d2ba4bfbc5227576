namespace EtlPipeline.Core.Hosting;

/// <summary>What a stage knows of the invocation that it works in.</summary>
public sealed class Invocation
{
    private readonly Func<TimeSpan> _remaining;

    /// <summary>Makes an invocation.</summary>
    /// <param name="requestId">Its id.</param>
    /// <param name="remaining">Says how long the stage may go on working; zero or less once the time is up.</param>
    /// <param name="cancellationToken">Ends the work at once, shortly before Lambda does.</param>
    public Invocation(string requestId, Func<TimeSpan> remaining, CancellationToken cancellationToken) =>
        (RequestId, _remaining, CancellationToken) = (requestId, remaining, cancellationToken);

    /// <summary>The invocation's id.</summary>
    public string RequestId { get; }

    /// <summary>Ends the work at once; what is written by then is whole.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>How long the stage may go on working.</summary>
    public TimeSpan Remaining => _remaining();

    /// <summary>Whether the stage should begin nothing more, and end well: the next invocation carries on.</summary>
    public bool IsTimeUp => Remaining <= TimeSpan.Zero;

    /// <summary>What was done last, for the error if the time runs out.</summary>
    public string? LastDone { get; set; }

    /// <summary>An invocation with all the time in the world.</summary>
    public static Invocation Unlimited(string requestId, CancellationToken cancellationToken) =>
        new(requestId, () => TimeSpan.MaxValue, cancellationToken);
}
