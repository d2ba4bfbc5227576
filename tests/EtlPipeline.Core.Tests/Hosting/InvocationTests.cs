using EtlPipeline.Core.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class InvocationTests
{
    private readonly FakeTimeProvider _clock = new();

    [Theory]
    [InlineData(900, 838, 898)]
    [InlineData(60, 48.333, 58)]
    [InlineData(3, 2.25, 2.7)]
    public async Task Work_is_asked_to_end_and_later_made_to_end_before_lambda_ends_it(double remaining, double softEnd, double hardEnd)
    {
        using var time = Begin(remaining);
        var invocation = time.Invocation;

        var exception = await Assert.ThrowsAsync<DeadlineException>(() => time.GuardAsync(async () =>
        {
            invocation.LastDone = "staff/1";
            _clock.Advance(TimeSpan.FromSeconds(softEnd - 0.1));
            Assert.False(invocation.IsTimeUp);
            _clock.Advance(TimeSpan.FromSeconds(0.2));
            Assert.True(invocation.IsTimeUp);
            _clock.Advance(TimeSpan.FromSeconds(hardEnd - softEnd - 0.2));
            Assert.False(invocation.CancellationToken.IsCancellationRequested);
            _clock.Advance(TimeSpan.FromSeconds(0.2));
            await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
        }));

        Assert.StartsWith($"Load did not finish within {hardEnd} s and was stopped after staff/1.", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.InnerException);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.001)]
    [InlineData(-86_400)]
    [InlineData(-2_000_000_000)]
    public async Task Without_time_nothing_is_begun(double remaining)
    {
        using var time = Begin(remaining);

        var exception = await Assert.ThrowsAsync<DeadlineException>(() => time.GuardAsync(() => throw new InvalidOperationException("begun")));

        Assert.StartsWith("Load did not finish within 0 s and was stopped before anything was done.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900, 60)]
    [InlineData(60, 24.167)]
    [InlineData(2, 1)]
    [InlineData(-5, 1)]
    public void A_lock_is_waited_for_no_longer_than_half_of_the_time(double remaining, double expected)
    {
        using var time = Begin(remaining);

        Assert.Equal(expected, time.Invocation.LockTimeout.TotalSeconds, 3);
    }

    [Fact]
    public async Task A_cancellation_of_another_origin_is_not_taken_for_the_deadline()
    {
        using var time = Begin(60);

        await Assert.ThrowsAsync<OperationCanceledException>(() => time.GuardAsync(() => throw new OperationCanceledException()));
    }

    [Fact]
    public async Task Work_that_is_done_at_the_last_moment_is_done()
    {
        using var time = Begin(60);

        await time.GuardAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void An_unlimited_invocation_never_ends()
    {
        var invocation = Invocation.Unlimited("request-1", TestContext.Current.CancellationToken);

        Assert.False(invocation.IsTimeUp);
        Assert.Equal(TimeSpan.FromMinutes(1), invocation.LockTimeout);
    }

    private InvocationTime Begin(double seconds) => new("Load", "request-1", TimeSpan.FromSeconds(seconds), _clock);
}
