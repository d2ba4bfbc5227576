using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class FunctionInvocationTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TestLog _log = new();

    [Fact]
    public async Task The_work_gets_the_bytes_of_the_event()
    {
        string? json = null;
        await RunAsync(TimeSpan.FromMinutes(1), (bytes, _) =>
        {
            json = Encoding.UTF8.GetString(bytes.Span);
            return Task.CompletedTask;
        });

        Assert.Equal("{}", json);
        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData(60, 58)]
    [InlineData(900, 898)]
    [InlineData(3, 2.7)]
    public async Task Work_is_cancelled_shortly_before_the_time_is_up(double remaining, double limit)
    {
        var exception = await Assert.ThrowsAsync<DeadlineException>(() => RunAsync(TimeSpan.FromSeconds(remaining), async (_, deadline) =>
        {
            deadline.Watch<int>(number => $"table {number}").Report(7);
            _clock.Advance(TimeSpan.FromSeconds(limit - 0.1));
            Assert.False(deadline.Token.IsCancellationRequested);
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Delay(Timeout.Infinite, deadline.Token);
        }));

        Assert.StartsWith($"Load did not finish within {limit} s and was stopped after table 7.", exception.Message, StringComparison.Ordinal);
        Assert.Contains(exception.Message, _log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(900, 60)]
    [InlineData(60, 29)]
    [InlineData(10, 4.5)]
    public Task A_lock_is_waited_for_no_longer_than_half_of_the_time(double remaining, double expected) =>
        RunAsync(TimeSpan.FromSeconds(remaining), (_, deadline) =>
        {
            Assert.Equal(TimeSpan.FromSeconds(expected), deadline.LockTimeout);
            return Task.CompletedTask;
        });

    [Fact]
    public async Task A_cancellation_of_another_origin_is_not_taken_for_the_deadline() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            RunAsync(TimeSpan.FromMinutes(1), (_, _) => throw new OperationCanceledException()));

    [Fact]
    public async Task What_made_the_invocation_fail_is_logged_once()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            RunAsync(TimeSpan.FromMinutes(1), (_, _) => throw new InvalidOperationException("no such bucket")));

        Assert.Contains("no such bucket", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_stage_has_logged_already_is_not_logged_again()
    {
        var failure = new StageFailedException("Load", [new TableFailure("dim_staff", new InvalidOperationException("damaged"))]);

        await Assert.ThrowsAsync<StageFailedException>(() => RunAsync(TimeSpan.FromMinutes(1), (_, _) => throw failure));

        Assert.Empty(_log.Entries);
    }

    private Task RunAsync(TimeSpan remaining, Func<ReadOnlyMemory<byte>, InvocationDeadline, Task> work) =>
        new FunctionInvocation("Load", "request-1", remaining, _clock, _log.Logger).RunAsync(new MemoryStream("{}"u8.ToArray()), work);
}
