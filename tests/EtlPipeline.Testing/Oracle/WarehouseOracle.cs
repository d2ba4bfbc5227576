namespace EtlPipeline.Testing.Oracle;

/// <summary>Says what the warehouse has to hold, by SQL inside PostgreSQL that shares no code with the pipeline.</summary>
public sealed class WarehouseOracle(TestDatabase database, string warehouseSchema)
{
    private const int DifferencesShown = 20;

    /// <summary>Puts the oracle into a database.</summary>
    /// <param name="database">The source; the warehouse is another schema of the same database, so that SQL can compare them.</param>
    /// <param name="warehouseSchema">That schema.</param>
    public static async Task<WarehouseOracle> CreateAsync(TestDatabase database, string warehouseSchema)
    {
        await using var stream = typeof(WarehouseOracle).Assembly.GetManifestResourceStream("oracle.sql")!;
        using var reader = new StreamReader(stream);
        await database.ExecuteAsync(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        return new WarehouseOracle(database, warehouseSchema);
    }

    /// <summary>Takes down what an extract that runs now sees.</summary>
    public Task CaptureAsync() => database.ExecuteAsync("SELECT oracle.capture()");

    /// <summary>Compares the warehouse with all that was taken down, row by row and value by value.</summary>
    public async Task AssertIsRightAsync() => Assert.Empty(await FindDifferencesAsync());

    /// <summary>The first differences; empty where the warehouse is right.</summary>
    public Task<IReadOnlyList<string>> FindDifferencesAsync() =>
        database.RowsAsync($"SELECT * FROM oracle.differences('{warehouseSchema}') LIMIT {DifferencesShown}");
}
