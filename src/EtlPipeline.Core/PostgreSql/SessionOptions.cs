namespace EtlPipeline.Core.PostgreSql;

/// <summary>Limits of a session, which the server enforces when we no longer can.</summary>
public sealed record SessionOptions
{
    /// <summary>How long a transaction may lie idle before the server ends the session; a minute by default.</summary>
    public TimeSpan IdleInTransactionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a statement waits for a lock; a minute by default.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a statement may take; null, the default, for as long as it likes.</summary>
    public TimeSpan? StatementTimeout { get; init; }
}
