using System.Net;
using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Testing.Lambda;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Core.Tests.Hosting;

/// <summary>A real process, started as Lambda starts it, with whichever Lambda runtime the solution is built with.</summary>
public sealed class FunctionHostTests
{
    [Fact]
    public async Task An_invocation_is_one_summary_line_with_its_id_its_stage_and_its_metrics()
    {
        await using var function = Start();

        var outcome = await function.Api.InvokeAsync("{}", requestId: "request-1");

        Assert.True(outcome.Succeeded, outcome.Text);
        var line = await function.Log.WaitForAsync("StageFinished");
        Assert.Equal(("request-1", "Test"), (line.GetProperty("request_id").GetString(), line.GetProperty("stage").GetString()));
        Assert.Equal("staging", line.GetProperty("Pipeline").GetString());
        Assert.True(line.TryGetProperty("_aws", out _));
        Assert.Equal("TableFinished", (await function.Log.WaitForAsync("TableFinished")).GetProperty("event").GetString());
        Assert.Equal(2, function.Log.Lines.Count);
    }

    [Fact]
    public async Task What_a_function_keeps_lasts_from_one_invocation_to_the_next()
    {
        await using var function = Start();

        for (var invocation = 1; invocation <= 3; invocation++) Assert.True((await function.Api.InvokeAsync("{}")).Succeeded);

        Assert.Equal(3, (await function.Log.WaitForAsync("\"Rows\":3")).GetProperty("Rows").GetInt32());
    }

    [Fact]
    public async Task The_lines_of_an_invocation_are_out_before_its_answer()
    {
        using var standardOutput = new MemoryStream();
        using var provider = new JsonLineLoggerProvider(new StreamWriter(standardOutput), TimeProvider.System);
        var context = new FunctionContext(_ => null, TimeProvider.System, provider.CreateLogger("Test"));
        var function = new HostedFunction<StageEvent>("Test", StageEvent.Read, _ => (_, _) => throw new PipelineException("staff has no key"), context);
        await function.StartAsync();

        await Assert.ThrowsAsync<PipelineException>(() => function.HandleAsync(new MemoryStream("{}"u8.ToArray()), "request-1", TimeSpan.FromMinutes(1)));

        Assert.Contains("staff has no key", Encoding.UTF8.GetString(standardOutput.ToArray()), StringComparison.Ordinal);
        Assert.Equal((byte)'\n', standardOutput.ToArray()[^1]);
    }

    [Theory]
    [InlineData("throw", "unexpected InvalidOperationException at EtlPipeline.TestFunction.ObedientFunction", "FunctionFailedException")]
    [InlineData("throw-many", "unexpected AggregateException at EtlPipeline.TestFunction.ObedientFunction", "FunctionFailedException")]
    [InlineData("throw-ours", "staff has no key", "FunctionFailedException")]
    [InlineData("throw-postgres", "a value does not fit (22P02)", "FunctionFailedException")]
    [InlineData("parse", "unexpected FormatException at EtlPipeline.TestFunction.ObedientFunction", "FunctionFailedException")]
    [InlineData("guard", "Test failed for staff: unexpected InvalidCastException at EtlPipeline.TestFunction.ObedientFunction", "StageFailedException")]
    public async Task Whatever_fails_neither_the_report_nor_the_log_holds_a_value_and_the_process_lives_on(string key, string message, string type)
    {
        await using var function = Start();

        var bad = await function.Api.InvokeAsync(Event(key), requestId: "bad");
        var good = await function.Api.InvokeAsync("{}", requestId: "good");

        Assert.Equal(type, bad.ErrorType);
        Assert.StartsWith(message, bad.Message, StringComparison.Ordinal);
        Assert.False(bad.Error!.Value.TryGetProperty("cause", out _));
        Assert.DoesNotContain(PlantedSecret.Text, bad.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True(good.Succeeded, good.Text);
        await function.Log.WaitForAsync("\"request_id\":\"good\"");
        Assert.DoesNotContain(function.Log.Lines, line => line.Contains(PlantedSecret.Text, StringComparison.OrdinalIgnoreCase));
        AssertAllJson(function);
    }

    [Fact]
    public async Task A_failure_is_one_error_line_and_no_success()
    {
        await using var function = Start();

        await function.Api.InvokeAsync(Event("throw"));
        await function.Api.InvokeAsync("{}");

        await function.Log.WaitForAsync("TableFinished");
        var line = JsonDocument.Parse(Assert.Single(function.Log.Lines, line => line.Contains("\"level\":\"Error\"", StringComparison.Ordinal))).RootElement;
        Assert.Equal(EventNames.InvocationFailed, line.GetProperty("event").GetString());
        Assert.Equal(("InvalidOperationException", 0), (line.GetProperty("error").GetString(), line.GetProperty("Success").GetInt32()));
        Assert.Contains("ObedientFunction", line.GetProperty("stack").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_could_not_do_everything_logs_each_failure_and_one_summary()
    {
        await using var function = Start();

        await function.Api.InvokeAsync(Event("guard"));

        await function.Log.WaitForAsync("TableFinished");
        Assert.Equal(2, function.Log.Lines.Count(line => line.Contains("\"event\":\"TableFailed\"", StringComparison.Ordinal)));
        Assert.Equal(0, (await function.Log.WaitForAsync("StageFinished")).GetProperty("Success").GetInt32());
        Assert.DoesNotContain(function.Log.Lines, line => line.Contains(EventNames.InvocationFailed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stage_whose_time_is_up_ends_well()
    {
        await using var function = Start();

        var outcome = await function.Api.InvokeAsync(Event("end-well"), TimeSpan.FromSeconds(3));

        Assert.True(outcome.Succeeded, outcome.Text);
    }

    [Fact]
    public async Task A_stage_that_overruns_its_time_is_stopped_and_says_what_it_did_last()
    {
        await using var function = Start();

        var outcome = await function.Api.InvokeAsync(Event("overrun"), TimeSpan.FromSeconds(3));

        Assert.Equal("DeadlineException", outcome.ErrorType);
        Assert.Contains("was stopped after staff/2026-11-23_12-45-03-123456.", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    public async Task An_invocation_without_time_says_so_and_the_process_lives_on(int seconds)
    {
        await using var function = Start();

        var late = await function.Api.InvokeAsync("{}", TimeSpan.FromSeconds(seconds));
        var good = await function.Api.InvokeAsync("{}");

        Assert.Equal("DeadlineException", late.ErrorType);
        Assert.StartsWith("Test did not finish within 0 s and was stopped before anything was done", late.Message, StringComparison.Ordinal);
        Assert.True(good.Succeeded, good.Text);
    }

    [Fact]
    public async Task An_event_of_another_kind_is_refused()
    {
        await using var function = Start();

        var outcome = await function.Api.InvokeAsync("42");

        Assert.Equal("InvalidEventException", outcome.ErrorType);
        Assert.Contains("expected a notification of S3", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_and_malformed_settings_are_an_init_error_that_names_them_all()
    {
        await using var function = Start(
            new("TOTE_SYS_DB_HOST", ""), new("TOTE_SYS_DB_PORT", "none"), new("LOG_LEVEL", "loud"), new("PIPELINE_NAME", "a b"), new("METRICS", "some"));

        var error = await function.Api.InitError;

        Assert.Equal("InvalidSettingsException", error.ErrorType);
        Assert.All(
            ["TOTE_SYS_DB_HOST is empty", "TOTE_SYS_DB_PORT is malformed", "LOG_LEVEL is malformed", "PIPELINE_NAME is malformed", "METRICS is malformed"],
            fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        Assert.Equal(1, await function.WaitForExitAsync());
        Assert.Equal(EventNames.FunctionEnded, (await function.Log.WaitForAsync("The Test function ends")).GetProperty("event").GetString());
        AssertAllJson(function);
    }

    [Fact]
    public async Task A_start_that_fails_holds_no_value_either()
    {
        await using var function = Start(new("TOTE_SYS_DB_DB", "unstartable"), new("TOTE_SYS_DB_USER", PlantedSecret.Value));

        var error = await function.Api.InitError;

        Assert.StartsWith("unexpected InvalidOperationException at EtlPipeline.TestFunction.ObedientFunction", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PlantedSecret.Text, error.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await function.WaitForExitAsync());
        await function.Log.WaitForAsync("The Test function ends");
        AssertAllJson(function);
    }

    [Fact]
    public async Task The_log_level_is_a_setting()
    {
        await using var talkative = Start(new KeyValuePair<string, string>("LOG_LEVEL", "debug"));
        await using var quiet = Start(new KeyValuePair<string, string>("LOG_LEVEL", "Critical"));

        foreach (var function in new[] { talkative, quiet })
        {
            await function.Api.InvokeAsync(Event("nothing"));
            await function.Api.InvokeAsync(Event("throw"), requestId: "last");
            await function.Log.WaitForAsync("\"request_id\":\"last\"");
        }

        Assert.Contains(talkative.Log.Lines, line => line.Contains("Nothing to do", StringComparison.Ordinal));
        Assert.All(quiet.Log.Lines, line => Assert.Contains("\"_aws\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_runtime_API_that_is_gone_ends_the_process_with_a_last_line()
    {
        await using var function = Start();
        await function.Api.InvokeAsync("{}");

        await function.Api.DisposeAsync();

        Assert.Equal(1, await function.WaitForExitAsync());
        Assert.Equal("Critical", (await function.Log.WaitForAsync("The Test function ends")).GetProperty("level").GetString());
    }

    [Fact]
    public async Task A_secret_that_can_not_be_read_is_one_error_and_the_next_invocation_tries_again()
    {
        using var extension = new FakeSecretsExtension();
        await using var function = Start(
            new("TOTE_SYS_DB_PASSWORD_SECRET", "arn:oltp"), new("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT", extension.Port), new("AWS_SESSION_TOKEN", "token"));

        extension.Answer = (HttpStatusCode.BadRequest, "operation error: ResourceNotFoundException: planted-secret");
        var missing = await function.Api.InvokeAsync(Event("ask"));
        extension.Answer = (HttpStatusCode.OK, """{"SecretString": "{\"username\": \"planted-secret\"}"}""");
        var otherKeys = await function.Api.InvokeAsync(Event("ask"));
        extension.Answer = (HttpStatusCode.OK, """{"SecretString": "{\"password\": \"planted-secret\"}"}""");
        var good = await function.Api.InvokeAsync(Event("ask"));

        Assert.Contains("Secret arn:oltp: it doesn't exist", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Secret arn:oltp: it has no password", otherKeys.Message, StringComparison.Ordinal);
        Assert.True(good.Succeeded, good.Text);
        Assert.Equal(2, function.Log.Lines.Count(line => line.Contains("\"level\":\"Error\"", StringComparison.Ordinal)));
    }

    /// <summary>Nothing but our lines: the Lambda runtime writes none of its own.</summary>
    private static void AssertAllJson(FunctionRun function) =>
        Assert.All(function.Log.Lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));

    private static byte[] Event(string key) => S3Notification.Write([new CreatedObject(PlantedSecret.Value, key)], DateTimeOffset.UnixEpoch).ToArray();

    private static FunctionRun Start(params IEnumerable<KeyValuePair<string, string>> settings) => FunctionRun.StartExecutable(
        FunctionExecutable.FindTestFunction(),
        new Dictionary<string, string>
        {
            ["TOTE_SYS_DB_HOST"] = "oltp.example",
            ["TOTE_SYS_DB_DB"] = "totesys",
            ["TOTE_SYS_DB_USER"] = "reader",
            ["TOTE_SYS_DB_PASSWORD"] = PlantedSecret.Password,
            ["PIPELINE_NAME"] = "staging",
        }.Concat(settings));

    /// <summary>The secrets extension on loopback.</summary>
    private sealed class FakeSecretsExtension : IDisposable
    {
        private readonly HttpListener _listener;

        public FakeSecretsExtension()
        {
            (_listener, Port) = LoopbackListener.Start();
            _ = Task.Run(ServeAsync);
        }

        public string Port { get; }

        public (HttpStatusCode Status, string Body) Answer { get; set; }

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                var response = (await _listener.GetContextAsync()).Response;
                response.StatusCode = (int)Answer.Status;
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer.Body));
                response.Close();
            }
        }
    }
}
