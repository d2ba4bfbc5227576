using Npgsql;

namespace EtlPipeline.Local.Demo;

/// <summary>An afternoon of the company in a transaction that is still open: nobody else sees it. Without a commit it never was.</summary>
internal sealed class OpenAfternoon(DemoSession session, NpgsqlTransaction transaction, DateTimeOffset evening) : IAsyncDisposable
{
    /// <summary>When it ends.</summary>
    public DateTimeOffset Evening => evening;

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await session.DisposeAsync();
    }
}
