using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class LoadSettingsTests
{
    [Fact]
    public void Load_asks_for_the_processed_bucket_and_the_warehouse()
    {
        var settings = SettingsOf.Everything.Read(LoadSettings.Read);

        Assert.Equal("processed", settings.ProcessedBucket);
        Assert.Equal(("warehouse.example", "writer"), (settings.Warehouse.Host, settings.Warehouse.User));
    }

    [Fact]
    public void Nothing_set_names_all_that_must_be() =>
        Assert.Equal(
            ["AWS_PROCESS_BUCKET", "WAREHOUSE_DB_HOST", "WAREHOUSE_DB_DB", "WAREHOUSE_DB_USER", "WAREHOUSE_DB_PASSWORD"],
            new SettingsOf().Faults(LoadSettings.Read).Select(fault => fault.Split(' ')[0]));
}
