using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>A transaction that holds the warehouse's lock. Disposing of it without a commit rolls it back.</summary>
internal sealed class WarehouseTransaction(WarehouseSession session, NpgsqlTransaction transaction) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken cancellationToken) => session.GuardAsync(async _ =>
    {
        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            // The connection is gone, and the transaction with it; what broke it is already on its way to the reader.
        }
    }
}
