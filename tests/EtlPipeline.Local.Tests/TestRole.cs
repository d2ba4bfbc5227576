using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests;

/// <summary>A role with no rights but to connect, in the place of the one that a pipeline connects as.</summary>
internal sealed class TestRole(TestDatabase database, string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>Makes the role, and sets it in the variables.</summary>
    /// <param name="database">A database that it may connect to.</param>
    /// <param name="variables">The settings of the pipeline.</param>
    /// <param name="prefix">Which database's settings they are: TOTE_SYS or WAREHOUSE.</param>
    public static async Task<TestRole> CreateAsync(TestDatabase database, Dictionary<string, string> variables, string prefix)
    {
        var name = $"role_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {name} LOGIN PASSWORD '{name}'");
        (variables[$"{prefix}_DB_USER"], variables[$"{prefix}_DB_PASSWORD"]) = (name, name);
        return new TestRole(database, name);
    }

    public async ValueTask DisposeAsync() => await database.ExecuteAsync($"DROP OWNED BY {name}; DROP ROLE {name}");
}
