using System.Text.Json;

namespace EtlPipeline.Local.Tests.Commands;

/// <summary>The commands that look into lake and warehouse: query, history, lake, rejected.</summary>
public sealed class LookingCommandTests : IAsyncLifetime
{
    private PipelineScene? _scene;

    private PipelineScene Scene => _scene!;

    public async ValueTask InitializeAsync()
    {
        _scene = await PipelineScene.CreateAsync("""
            INSERT INTO currency (currency_id, currency_code, created_at, last_updated) VALUES (1, 'GBP', '2024-01-02', now()), (2, 'EUR', '2024-01-02', now()), (3, 'QQQ', now(), now());
            INSERT INTO address (address_id, address_line_1, city, postal_code, country, phone, last_updated) VALUES (1, '"a", b', 'c', '00840', 'd', '', now())
            """);
        await Scene.CallAsync("run");
        await Scene.Totesys.ExecuteAsync("UPDATE currency SET currency_code = 'USD' WHERE currency_id = 1; DELETE FROM currency WHERE currency_id = 2");
        await Scene.CallAsync("run");
    }

    public async ValueTask DisposeAsync()
    {
        if (_scene is { }) await _scene.DisposeAsync();
    }

    [Theory]
    [InlineData("SELECT 1 AS n, 'a,b' AS t, NULL AS x, '' AS y, 1.10 AS z, true AS b", "n,t,x,y,z,b\n1,\"a,b\",,\"\",1.10,t\n", "csv")]
    [InlineData("SELECT 1 AS n, 'a\"b' AS t, NULL::text AS x, 1.10 AS z, true AS b", "[\n{\"n\":1,\"t\":\"a\\\"b\",\"x\":null,\"z\":1.10,\"b\":true}\n]\n", "json")]
    [InlineData("SELECT currency_code FROM lake.currency ORDER BY currency_id", "currency_code\nUSD\nQQQ\n", "csv")]
    [InlineData("SELECT address_line_1, postal_code, phone, district FROM lake.address", "address_line_1,postal_code,phone,district\n\"\"\"a\"\", b\",00840,\"\",\n", "csv")]
    [InlineData("SELECT count(*) AS n FROM lake.currency JOIN warehouse.dim_currency USING (currency_id)", "n\n1\n", "csv")]
    [InlineData("SELECT rejected IS NULL AS good, count(*) AS n FROM lake.dim_currency GROUP BY 1 ORDER BY 1 DESC", null, "csv")]
    public async Task A_query_gives_exactly_what_is_there(string sql, string? expected, string format)
    {
        var call = await Scene.CallAsync("query", sql, "--format", format);

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
        if (expected is { }) Assert.Equal(expected, call.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("DELETE FROM dim_currency", "read-only")]
    [InlineData("SELECT * FROM not_there", "not_there")]
    [InlineData("SELECT * FROM lake.not_there", "has a version of 'not_there'")]
    [InlineData("SELECT nonsense FROM lake.currency", "DuckDB refuses the query")]
    public async Task A_query_that_is_refused_says_why(string sql, string error)
    {
        var call = await Scene.CallAsync("query", sql);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains(error, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_of_a_row_is_its_states_and_what_changed()
    {
        var changed = await Scene.CallAsync("history", "dim_currency", "1");
        var deleted = await Scene.CallAsync("history", "currency", "2");
        var document = await Scene.CallAsync("history", "dim_currency", "1", "--format", "json");

        Assert.Equal(0, changed.ExitCode);
        Assert.Contains("currency_code GBP → USD", changed.Output, StringComparison.Ordinal);
        Assert.Contains("gone from the source", deleted.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(document.Output);
        Assert.Equal(2, json.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("dim_currency 99", "has never had a row with the key 99")]
    [InlineData("dim_currency x", "isn't a value of the key's type")]
    [InlineData("dim_currency 1 2", "The key of dim_currency is currency_id")]
    [InlineData("dim_curency 1", "Did you mean 'dim_currency'?")]
    public async Task A_history_that_is_not_there_says_why(string arguments, string error)
    {
        var call = await Scene.CallAsync(["history", .. arguments.Split(' ')]);

        Assert.Equal(1, call.ExitCode);
        Assert.Contains(error, call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lake_shows_a_table_at_each_of_its_versions()
    {
        var versions = await Scene.CallAsync("lake", "versions", "currency");
        var first = versions.Lines.First(line => line.Contains(" first ", StringComparison.Ordinal)).Split(' ')[0];
        var newest = await Scene.CallAsync("lake", "show", "currency", "--format", "csv");
        var oldest = await Scene.CallAsync("lake", "show", "currency", "--at", first, "--format", "csv");

        Assert.Equal(["1,USD,", "3,QQQ,"], newest.Lines.Skip(1).Where(line => line.Length > 0).Select(line => line[..6]));
        Assert.Equal(["1,GBP,", "2,EUR,", "3,QQQ,"], oldest.Lines.Skip(1).Where(line => line.Length > 0).Select(line => line[..6]));
    }

    [Fact]
    public async Task Rejected_rows_are_listed_with_reasons_and_tried_again()
    {
        var listed = await Scene.CallAsync("rejected");
        await Scene.Totesys.ExecuteAsync("UPDATE currency SET currency_code = 'EUR' WHERE currency_id = 3");
        var retried = await Scene.CallAsync("rejected", "--retry");
        var none = await Scene.CallAsync("rejected");

        Assert.Equal(2, listed.ExitCode);
        Assert.Contains("dim_currency", listed.Output, StringComparison.Ordinal);
        Assert.Contains("rejected --retry", listed.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (retried.ExitCode, none.ExitCode));
        Assert.Contains("No row is rejected.", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_warehouse_describes_itself()
    {
        var call = await Scene.CallAsync("describe", "--warehouse", "--format", "json");

        using var json = JsonDocument.Parse(call.Output);
        Assert.Contains("dim_currency", json.RootElement.EnumerateArray().Select(target => target.GetProperty("name").GetString()));
    }
}
