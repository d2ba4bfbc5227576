using System.Text;
using EtlPipeline.Functions.Tests.Processes;
using EtlPipeline.Testing.Lambda;

namespace EtlPipeline.Functions.Tests;

public sealed class FailureTests
{
    public static TheoryData<string> Stages => ["Extract", "Transform", "Load"];

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Missing_settings_are_an_init_error_that_names_them_all(string stage)
    {
        await using var function = FunctionRun.Start(stage, [new("TOTE_SYS_DB_PORT", "none"), new("WAREHOUSE_DB_PORT", "none"), new("DIM_DATE_DAYS", "none")]);

        var error = await function.Api.InitError;

        var (bucket, malformed) = stage switch
        {
            "Extract" => ("AWS_INGEST_BUCKET", "TOTE_SYS_DB_PORT"),
            "Transform" => ("AWS_PROCESS_BUCKET", "DIM_DATE_DAYS"),
            _ => ("AWS_PROCESS_BUCKET", "WAREHOUSE_DB_PORT"),
        };
        Assert.Contains($"{bucket} is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{malformed} is malformed", error.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidSettingsException", error.ErrorType);
        Assert.Equal(1, await function.WaitForExitAsync());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task An_event_of_another_kind_fails_its_invocation_and_the_process_lives_on(string stage)
    {
        await using var lake = await Lake.CreateAsync();
        await using var function = FunctionRun.Start(stage, lake.Environment);

        var broken = await function.Api.InvokeAsync("{\"Records\": ");
        var number = await function.Api.InvokeAsync("42");
        var foreign = await function.Api.InvokeAsync("""{"Records": [{"eventSource": "aws:sqs", "body": "secret"}]}""");
        var large = await function.Api.InvokeAsync(Encoding.UTF8.GetBytes($"[\"{new string('x', 6 << 20)}\"]"));
        var good = await function.Api.InvokeAsync("{}");

        foreach (var outcome in new[] { broken, number, foreign, large })
        {
            Assert.Equal("InvalidEventException", outcome.ErrorType);
            Assert.Contains("expected", outcome.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", outcome.Message, StringComparison.Ordinal);
        }

        Assert.Null(good.Message);
    }

    [Fact]
    public async Task A_database_that_can_not_be_reached_is_an_error_that_names_it_and_no_secret()
    {
        await using var lake = await Lake.CreateAsync();
        var environment = lake.Environment;
        environment["TOTE_SYS_DB_HOST"] = "127.0.0.1";
        environment["TOTE_SYS_DB_PORT"] = "9";
        environment["TOTE_SYS_DB_PASSWORD"] = "s3cret-word";
        await using var function = FunctionRun.Start("Extract", environment);

        var outcome = await function.Api.InvokeAsync("{}", requestId: "request-9");

        Assert.Contains("on 127.0.0.1:9", outcome.Message, StringComparison.Ordinal);
        var line = await function.Log.WaitForAsync("on 127.0.0.1:9");
        Assert.Equal("request-9", line.GetProperty("request_id").GetString());
        Assert.DoesNotContain(function.Log.Lines, text => text.Contains("s3cret-word", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bucket_that_is_missing_is_an_error_that_names_it()
    {
        await using var lake = await Lake.CreateAsync();
        var environment = lake.Environment;
        environment["AWS_PROCESS_BUCKET"] = "no-such-bucket";
        await using var function = FunctionRun.Start("Load", environment);

        var outcome = await function.Api.InvokeAsync("{}");

        Assert.Contains("no-such-bucket", outcome.Message, StringComparison.Ordinal);
        Assert.Contains("NoSuchBucket", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task An_invocation_that_has_no_time_says_so_and_the_process_lives_on(string stage)
    {
        await using var lake = await Lake.CreateAsync();
        await using var function = FunctionRun.Start(stage, lake.Environment);

        var late = await function.Api.InvokeAsync("{}", TimeSpan.Zero);
        var good = await function.Api.InvokeAsync("{}");

        Assert.Equal("DeadlineException", late.ErrorType);
        Assert.StartsWith($"{stage} did not finish within 0 s and was stopped before anything was done", late.Message, StringComparison.Ordinal);
        Assert.Null(good.Message);
    }

    [Theory]
    [InlineData("Transform", "design/2026-11-23_12-45-03-123456.json.gz")]
    [InlineData("Load", "dim_design/2026-11-23_12-45-03-123456.parquet")]
    public async Task An_object_deleted_between_its_event_and_the_reading_is_an_error_that_names_the_key(string stage, string key)
    {
        await using var lake = await Lake.CreateAsync();
        await using var function = FunctionRun.Start(stage, lake.Environment);
        var bucket = stage == "Load" ? lake.Processed : lake.Ingestion;

        var outcome = await function.Api.InvokeAsync(Lake.Notification(bucket, [key]));

        Assert.Equal("StageFailedException", outcome.ErrorType);
        Assert.Contains($"'{key}'", outcome.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await Lake.KeysAsync(lake.Processed), written => written.StartsWith("dim_design/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_of_another_form_are_ignored_with_a_line()
    {
        await using var lake = await Lake.CreateAsync();
        await using var function = FunctionRun.Start("Transform", lake.Environment);

        var outcome = await function.Api.InvokeAsync(Lake.Notification(lake.Ingestion, ["notes/a b + c.txt"]));

        Assert.Null(outcome.Message);
        await function.Log.WaitForAsync("notes/a b + c.txt");
    }

    [Fact]
    public async Task Every_line_of_an_invocation_carries_its_id_and_its_stage()
    {
        await using var lake = await Lake.CreateAsync();
        await lake.Source.ExecuteAsync(Sales.Open);
        await using var function = FunctionRun.Start("Extract", lake.Environment);

        await function.Api.InvokeAsync("{}", requestId: "request-1");
        await function.Api.InvokeAsync("[]", requestId: "request-2");

        var last = await function.Log.WaitForAsync("request-2");
        Assert.Equal("Error", last.GetProperty("level").GetString());
        Assert.All(function.Log.Lines, line => Assert.Contains("\"request_id\":\"request-", line, StringComparison.Ordinal));
        Assert.All(function.Log.Lines, line => Assert.Contains("\"stage\":\"Extract\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_runtime_API_that_is_gone_ends_the_process_with_a_last_line()
    {
        await using var lake = await Lake.CreateAsync();
        await using var function = FunctionRun.Start("Transform", lake.Environment);
        await function.Api.InvokeAsync("{}");

        await function.Api.DisposeAsync();

        Assert.Equal(1, await function.WaitForExitAsync());
        Assert.Equal("Critical", (await function.Log.WaitForAsync("The Transform function ends")).GetProperty("level").GetString());
    }
}
