using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class FailureListTests
{
    [Fact]
    public void Without_a_failure_nothing_is_thrown()
    {
        var failures = new FailureList("Extract");

        failures.ThrowIfAny();

        Assert.Empty(failures.Failures);
    }

    [Fact]
    public async Task What_fails_does_not_stop_what_comes_after()
    {
        var failures = new FailureList("Extract");

        Assert.False(await failures.GuardAsync("staff", () => throw new PipelineException("no primary key")));
        Assert.True(await failures.GuardAsync("payment", () => Task.CompletedTask));

        Assert.True(failures.Contains("staff"));
        Assert.False(failures.Contains("payment"));
    }

    [Fact]
    public async Task The_end_names_every_failure_and_keeps_the_first_cause()
    {
        var failures = new FailureList("Load");
        var first = new PipelineException("column 'a' is missing");
        failures.Add("dim_staff", first);
        await failures.GuardAsync("fact_payment", () => Task.FromException(new IOException("disk full")));

        var thrown = Assert.Throws<StageFailedException>(failures.ThrowIfAny);

        Assert.Equal("Load failed for dim_staff: column 'a' is missing; fact_payment: disk full", thrown.Message);
        Assert.Same(first, thrown.InnerException);
        Assert.Equal(["dim_staff", "fact_payment"], thrown.Failures.Select(failure => failure.Subject));
    }

    [Fact]
    public async Task Cancellation_is_no_failure_and_goes_through()
    {
        var failures = new FailureList("Extract");

        await Assert.ThrowsAsync<TaskCanceledException>(() => failures.GuardAsync("staff", () => throw new TaskCanceledException()));

        Assert.Empty(failures.Failures);
    }
}
