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

    [Fact]
    public void A_server_that_speaks_the_protocol_of_S3_can_stand_in_for_it()
    {
        var settings = new SettingsOf(SettingsOf.Everything) { ["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9000" };

        Assert.Equal(new Uri("http://127.0.0.1:9000"), settings.Read(LoadSettings.Read).S3Endpoint);
    }

    [Theory]
    [InlineData("127.0.0.1:9000")]
    [InlineData("file:///tmp")]
    public void An_endpoint_that_is_no_address_of_a_server_is_refused(string text)
    {
        var settings = new SettingsOf(SettingsOf.Everything) { ["AWS_ENDPOINT_URL_S3"] = text };

        Assert.StartsWith("AWS_ENDPOINT_URL_S3 is malformed", Assert.Single(settings.Faults(LoadSettings.Read)), StringComparison.Ordinal);
    }
}
