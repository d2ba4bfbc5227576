using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Testing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class StageFailuresTests
{
    private readonly TestLog _log = new();

    [Fact]
    public async Task What_fails_is_logged_once_and_does_not_stop_what_comes_after()
    {
        var failures = new StageFailures("Extract", _log);

        Assert.False(await failures.GuardAsync("staff", () => throw new PipelineException("no primary key")));
        Assert.True(await failures.GuardAsync("payment", () => Task.CompletedTask));

        Assert.True(failures.Contains("staff"));
        Assert.False(failures.Contains("payment"));
        Assert.Equal(1, failures.Count);
        var line = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Error, EventNames.TableFailed, "staff failed: no primary key"), (line.Level, line.EventName, line.Message));
    }

    [Fact]
    public async Task The_end_names_every_failure_and_holds_no_inner_exception()
    {
        var failures = new StageFailures("Load", _log);
        var first = new PipelineException("column 'a' is missing", new FormatException("secret"));
        failures.Add("dim_staff", first);
        await failures.GuardAsync("fact_payment", () => Task.FromException(new IOException("disk full")));

        var thrown = Assert.Throws<StageFailedException>(failures.ThrowIfAny);

        Assert.Equal("Load failed for dim_staff: column 'a' is missing; fact_payment: disk full", thrown.Message);
        Assert.Null(thrown.InnerException);
        Assert.Equal(["dim_staff", "fact_payment"], thrown.Failures.Select(failure => failure.Subject));
        Assert.Same(first, thrown.Failures[0].Cause);
    }

    [Fact]
    public void Without_a_failure_nothing_is_thrown() => new StageFailures("Extract", _log).ThrowIfAny();

    [Fact]
    public async Task Cancellation_and_what_ends_everything_go_through()
    {
        var failures = new StageFailures("Extract", _log, exception => exception is IOException);

        await Assert.ThrowsAsync<TaskCanceledException>(() => failures.GuardAsync("staff", () => throw new TaskCanceledException()));
        await Assert.ThrowsAsync<IOException>(() => failures.GuardAsync("staff", () => throw new IOException()));

        Assert.Empty(failures.Failures);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task A_request_that_took_too_long_is_the_failure_of_its_table_alone()
    {
        var failures = new StageFailures("Extract", _log);

        await failures.GuardAsync("staff", () => throw new TaskCanceledException("too long", new TimeoutException()));

        Assert.True(failures.Contains("staff"));
    }

    public static TheoryData<Exception, string> Texts => new()
    {
        { new PipelineException("staff has no key"), "staff has no key" },
        { new IOException("No space left on device"), "No space left on device" },
        { new HttpRequestException("Connection refused"), "Connection refused" },
        { DatabaseException.Of("the warehouse", new TimeoutException("too late")), "the warehouse: too late" },
        { Refusal("42P01", "relation \"staff\" does not exist"), "relation \"staff\" does not exist (42P01)" },
        { Refusal("22P02", "invalid input syntax: \"secret\""), "a value does not fit (22P02)" },
        { Refusal("P0001", "no such city: secret"), "code of the database's own, such as a trigger, raised an error, whose text may hold values (P0001)" },
        { new FormatException("'secret' was not in a correct format"), "unexpected FormatException" },
        { new AggregateException("secret", new FormatException("secret")), "unexpected AggregateException" },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void Of_an_exception_that_may_quote_a_value_only_type_and_place_are_said(Exception exception, string text) =>
        Assert.Equal(text, FailureText.Of(exception));

    [Fact]
    public void The_place_of_an_unexpected_exception_is_the_method_of_ours_that_it_came_from()
    {
        var thrown = Assert.ThrowsAny<Exception>(() => int.Parse("secret", System.Globalization.CultureInfo.InvariantCulture));

        Assert.Contains($"unexpected FormatException at {typeof(StageFailuresTests).FullName}", FailureText.Of(thrown), StringComparison.Ordinal);
    }

    private static PostgresException Refusal(string state, string message) => new(message, "ERROR", "ERROR", state, detail: "secret");
}
