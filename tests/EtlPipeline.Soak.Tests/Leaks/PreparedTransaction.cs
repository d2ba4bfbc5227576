using EtlPipeline.Testing;

namespace EtlPipeline.Soak.Tests.Leaks;

/// <summary>A transaction that waits for its second phase, rolled back when disposed: a database that has one can't be dropped.</summary>
internal sealed class PreparedTransaction(TestDatabase database, string name) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await database.ExecuteAsync($"ROLLBACK PREPARED '{name}'");
}
