using System.Text.Json;
using EtlPipeline.Core.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class JsonLineLoggerProviderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 45, 3, 123, TimeSpan.FromHours(2));

    [Fact]
    public void A_line_has_time_level_event_message_and_the_fields_of_the_message()
    {
        var line = Assert.Single(Log(logger => JsonLineMessages.Extracted(logger, "staff", 20, 3L)));

        Assert.Equal(
            """{"time":"2026-11-23T12:45:03.123Z","level":"Information","event":"Extracted","message":"staff: 20 rows, 3 changed","table":"staff","row_count":20,"changed":3}""",
            line);
    }

    [Fact]
    public void Every_line_of_an_invocation_carries_its_stage_and_request()
    {
        var lines = Log(logger =>
        {
            using (InvocationScope.Begin(logger, "Extract", "request-1")) JsonLineMessages.Extracted(logger, "staff", 1, 1);
            JsonLineMessages.Extracted(logger, "staff", 1, 1);
        });

        Assert.Contains("\"request_id\":\"request-1\",\"stage\":\"Extract\"", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("request_id", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_is_there_already_keeps_its_value()
    {
        var line = Assert.Single(Log(logger =>
        {
            using (InvocationScope.Begin(logger, "Extract", "outer"))
                JsonLineMessages.Clashing(logger, "inner", "not the time", "not the error");
        }));

        using var json = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
        Assert.Equal("outer", json.RootElement.GetProperty("request_id").GetString());
        Assert.Equal("2026-11-23T12:45:03.123Z", json.RootElement.GetProperty("time").GetString());
        Assert.False(json.RootElement.TryGetProperty("error", out _));
    }

    [Fact]
    public void Of_an_exception_only_its_type_and_the_methods_it_came_through_are_written()
    {
        var thrown = Assert.ThrowsAny<Exception>(() => int.Parse("secret", System.Globalization.CultureInfo.InvariantCulture));
        var lines = Log(logger =>
        {
            JsonLineMessages.Failed(logger, thrown);
            JsonLineMessages.Failed(logger, new PipelineException("secret", thrown));
        });

        Assert.Contains("\"level\":\"Error\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"error\":\"FormatException\",\"stack\":\"   at System.", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("\"error\":\"PipelineException\"}", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two\nlines\r\n")]
    [InlineData("quotes \" and \\ and \u0000 and \u001b[31m")]
    [InlineData("ünïcode 😀")]
    [InlineData("half a pair \ud83d")]
    public void Whatever_a_text_holds_the_entry_is_one_line_of_JSON(string text)
    {
        var line = Assert.Single(Log(logger => JsonLineMessages.Extracted(logger, text, 1, 1)));

        using var json = JsonDocument.Parse(line);
        Assert.Equal(text.Replace('\ud83d', text.EndsWith('\ud83d') ? '\ufffd' : '\ud83d'), json.RootElement.GetProperty("table").GetString());
    }

    [Fact]
    public void Values_are_written_in_no_culture_and_by_their_kind()
    {
        var line = Assert.Single(Log(logger => JsonLineMessages.Values(logger, true, null, 1234.5, DateOnly.FromDateTime(Now.Date))));

        Assert.EndsWith("\"flag\":true,\"nothing\":null,\"ratio\":\"1234.5\",\"day\":\"11/23/2026\"}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_without_fields_is_only_its_message()
    {
        var lines = Log(logger =>
        {
            using (logger.BeginScope("a scope of text")) logger.Log(LogLevel.Debug, default, 7, null, (state, _) => $"seven {state}");
        });

        Assert.Equal("""{"time":"2026-11-23T12:45:03.123Z","level":"Debug","message":"seven 7"}""", Assert.Single(lines));
    }

    [Fact]
    public void A_line_is_out_before_the_call_returns()
    {
        using var stream = new MemoryStream();
        using var writer = new StreamWriter(stream);
        using var provider = new JsonLineLoggerProvider(writer, new FakeTimeProvider(Now));

        JsonLineMessages.Extracted(provider.CreateLogger("any"), "staff", 1, 1);

        Assert.Equal((byte)'\n', stream.ToArray()[^1]);
    }

    [Fact]
    public void Lines_of_many_threads_do_not_mix()
    {
        var lines = Log(logger => Parallel.For(0, 500, i => JsonLineMessages.Extracted(logger, $"table_{i}", i, i)));

        Assert.Equal(500, lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("row_count").GetInt32()).Distinct().Count());
    }

    [Fact]
    public void What_is_below_the_lowest_level_is_not_written()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var provider = new JsonLineLoggerProvider(output, new FakeTimeProvider(Now), LogLevel.Error);
        var logger = provider.CreateLogger("any");

        JsonLineMessages.Extracted(logger, "staff", 1, 1);
        JsonLineMessages.Failed(logger, new IOException());

        Assert.Equal((false, true, false), (logger.IsEnabled(LogLevel.Warning), logger.IsEnabled(LogLevel.Error), logger.IsEnabled(LogLevel.None)));
        Assert.Contains("it failed", Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static string[] Log(Action<ILogger> log)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using (var provider = new JsonLineLoggerProvider(output, new FakeTimeProvider(Now)))
        using (var factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(provider)))
            log(factory.CreateLogger("EtlPipeline"));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
