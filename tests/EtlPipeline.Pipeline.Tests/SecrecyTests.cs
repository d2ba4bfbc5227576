using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Pipeline.Tests.Harness;
using EtlPipeline.Testing.Secrets;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Pipeline.Tests;

/// <summary>A business all of whose texts are planted, and everything that can go wrong with them.</summary>
public sealed class SecrecyTests
{
    private const string Business = $"""
        INSERT INTO department VALUES (1, '{PlantedSecret.Value}', '{PlantedSecret.Value}', '{PlantedSecret.Value}', now(), now());
        INSERT INTO staff VALUES (1, '{PlantedSecret.Value}', '{PlantedSecret.Value}', 1, '{PlantedSecret.Value}', now(), now());
        INSERT INTO address VALUES (1, '{PlantedSecret.Value}', NULL, NULL, '{PlantedSecret.Value}', 'x', 'x', '{PlantedSecret.Value}', now(), now());
        INSERT INTO counterparty VALUES (1, '{PlantedSecret.Value}', 1, '{PlantedSecret.Value}', NULL, now(), now());
        INSERT INTO currency VALUES (1, 'GBP', now(), now());
        INSERT INTO design VALUES (1, now(), '{PlantedSecret.Value}', '{PlantedSecret.Value}', '{PlantedSecret.Value}', now());
        INSERT INTO sales_order VALUES (1, now(), now(), 1, 1, 1, 1, 3.10, 1, '2024-01-02', '{PlantedSecret.Value}', 1);
        """;

    /// <summary>A check, a unique index and a length that the next values break; the server's details quote them.</summary>
    private const string NarrowWarehouse = $"""
        ALTER TABLE warehouse.dim_location ADD CHECK (strpos(city, '{PlantedSecret.Value}, again') = 0);
        CREATE UNIQUE INDEX ON warehouse.dim_design (design_name);
        ALTER TABLE warehouse.dim_staff ALTER first_name TYPE varchar(30);
        """;

    private const string BreakingValues = $"""
        UPDATE address SET city = '{PlantedSecret.Value}, again';
        INSERT INTO design VALUES (2, now(), '{PlantedSecret.Value}', 'x', 'x', now());
        UPDATE staff SET first_name = '{PlantedSecret.Value}, longer than thirty characters';
        """;

    private static readonly byte[] DamagedBody = Encoding.UTF8.GetBytes($$"""[{"currency_id":1,"currency_code":"{{PlantedSecret.Value}}"},{"{{PlantedSecret.Value}}":{{PlantedSecret.Value}}""");

    [Fact]
    public async Task Whatever_fails_no_value_and_no_password_is_in_a_log_or_an_error()
    {
        await using var pipeline = await TestPipeline.CreateAsync();
        await pipeline.Database.ExecuteAsync(Business);
        await pipeline.ExtractAsync();
        await pipeline.DrainAsync();
        Assert.Contains("rejected rows: 1", pipeline.Log.Text, StringComparison.Ordinal);

        await pipeline.Warehouse.ExecuteAsync(NarrowWarehouse);
        await pipeline.Database.ExecuteAsync(BreakingValues);
        await pipeline.ExtractAsync();
        await PutAsync(pipeline.Ingestion, VersionAfterAll("currency").Rows);
        await PutAsync(pipeline.Processed, VersionAfterAll("fact_payment").Parquet);
        await pipeline.TransformAsync(new StageEvent.Sweep());
        var load = await Assert.ThrowsAsync<StageFailedException>(() => pipeline.LoadAsync(new StageEvent.Sweep()));
        Assert.Equal(["dim_design", "dim_location", "dim_staff"], load.Failures.Select(failure => failure.Subject.Split('/')[0]).Order());
        Assert.Contains(pipeline.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains("fact_payment", StringComparison.Ordinal));
        await pipeline.ExtractAsync();
        Assert.Contains("can't be relied on", pipeline.Log.Text, StringComparison.Ordinal);

        pipeline.Reach = settings => settings with { Port = 1, Password = PlantedSecret.Password };
        var extract = await Record.ExceptionAsync(() => pipeline.ExtractAsync());
        var unreachable = await Record.ExceptionAsync(() => pipeline.LoadAsync(new StageEvent.Sweep()));

        Assert.All(pipeline.Log.Entries, entry => Assert.DoesNotContain(PlantedSecret.Text, entry.Message, StringComparison.OrdinalIgnoreCase));
        Assert.All([load, extract, unreachable], failure => Assert.DoesNotContain(PlantedSecret.Text, failure!.Message, StringComparison.OrdinalIgnoreCase));
        Assert.InRange(pipeline.Log.Entries.Count(entry => entry.Level == LogLevel.Error), 7, 100);
    }

    private static VersionKey VersionAfterAll(string table) => new(TableName.Parse(table), new TableVersion(DateTimeOffset.UtcNow.AddMinutes(1)));

    private static async Task PutAsync(WatchedStore bucket, string key) => Assert.True(
        await bucket.PutIfAbsentAsync(key, new MemoryStream(DamagedBody), ObjectMetadata.Empty, TestContext.Current.CancellationToken));
}
