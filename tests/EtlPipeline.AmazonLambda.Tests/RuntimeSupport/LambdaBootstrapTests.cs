extern alias StandIn;

using StandIn::Amazon.Lambda.Core;
using StandIn::Amazon.Lambda.RuntimeSupport;

namespace EtlPipeline.AmazonLambda.Tests.RuntimeSupport;

public sealed class LambdaBootstrapTests
{
    [Fact]
    public async Task A_handler_gets_the_event_and_its_context()
    {
        ILambdaContext? seen = null;
        string? json = null;
        await using var function = new RunningFunction(async (payload, context) =>
        {
            seen = context;
            json = await new StreamReader(payload).ReadToEndAsync();
        });

        var outcome = await function.Api.InvokeAsync("""{"a": "ä"}""", TimeSpan.FromMinutes(5), "request-1");

        Assert.True(outcome.Succeeded);
        Assert.Equal("""{"a": "ä"}""", json);
        Assert.Equal("request-1", seen!.AwsRequestId);
        Assert.Equal("arn:aws:lambda:eu-west-2:123456789012:function:test", seen.InvokedFunctionArn);
        Assert.Equal(("etl-load", "7", 256), (seen.FunctionName, seen.FunctionVersion, seen.MemoryLimitInMB));
        Assert.InRange(seen.RemainingTime, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_deadline_in_the_past_leaves_no_time()
    {
        TimeSpan? remaining = null;
        await using var function = new RunningFunction((_, context) =>
        {
            remaining = context.RemainingTime;
            return Task.CompletedTask;
        });

        await function.Api.InvokeAsync("{}", TimeSpan.FromSeconds(-5));

        Assert.Equal(TimeSpan.Zero, remaining);
    }

    [Fact]
    public async Task A_handler_that_throws_fails_its_invocation_and_the_function_lives_on()
    {
        await using var function = new RunningFunction((_, context) =>
            context.AwsRequestId == "bad" ? throw new InvalidOperationException("no such \"table\": größe") : Task.CompletedTask);

        var bad = await function.Api.InvokeAsync("{}", requestId: "bad");
        var good = await function.Api.InvokeAsync("{}", requestId: "good");

        Assert.Equal("no such \"table\": größe", bad.Message);
        Assert.Equal("InvalidOperationException", bad.ErrorTypeHeader);
        Assert.Equal("InvalidOperationException", bad.ErrorType);
        Assert.Contains(nameof(LambdaBootstrapTests), bad.Error!.Value.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("application/vnd.aws.lambda.error+json", bad.ContentType);
        Assert.True(good.Succeeded);
    }

    [Fact]
    public async Task The_trace_of_the_invocation_is_in_the_environment()
    {
        string? trace = null;
        await using var function = new RunningFunction((_, _) =>
        {
            trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
            return Task.CompletedTask;
        });

        await function.Api.InvokeAsync("{}", requestId: "request-2");

        Assert.Equal("Root=1-request-2", trace);
    }

    [Fact]
    public async Task A_start_that_fails_is_an_init_error_and_ends_the_loop()
    {
        await using var function = new RunningFunction((_, _) => Task.CompletedTask, () => throw new InvalidOperationException("no settings"));

        var error = await function.Api.InitError;

        Assert.Equal("no settings", error.Message);
        Assert.Equal("InvalidOperationException", error.ErrorType);
        await Assert.ThrowsAsync<InvalidOperationException>(() => function.Loop.WaitAsync(RunningFunction.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_start_that_says_no_ends_the_loop_in_peace()
    {
        await using var function = new RunningFunction((_, _) => Task.CompletedTask, () => Task.FromResult(false));

        await function.Loop.WaitAsync(RunningFunction.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_runtime_API_that_is_gone_ends_the_loop()
    {
        await using var function = new RunningFunction((_, _) => Task.CompletedTask);
        await function.Api.InvokeAsync("{}");

        await function.Api.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => function.Loop.WaitAsync(RunningFunction.Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_invocation_without_an_id_ends_the_loop_before_anything_is_done()
    {
        var served = 0;
        await using var function = new RunningFunction((_, _) => Task.FromResult(served++));
        _ = function.Api.InvokeAsync("{}", requestId: string.Empty);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => function.Loop.WaitAsync(RunningFunction.Patience, TestContext.Current.CancellationToken));

        Assert.Contains("without an id", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, served);
    }

    [Fact]
    public async Task A_start_that_fails_is_told_even_where_nobody_takes_the_report()
    {
        using var bootstrap = new LambdaBootstrap(
            RuntimeApi.FromEnvironment(_ => "127.0.0.1:9"), (_, _) => Task.CompletedTask, () => throw new InvalidOperationException("no settings"));

        var exception = await Assert.ThrowsAsync<AggregateException>(() => bootstrap.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("no settings", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_lambda_did_not_start_is_told_so()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => RuntimeApi.FromEnvironment(_ => null));

        Assert.Contains("AWS_LAMBDA_RUNTIME_API", exception.Message, StringComparison.Ordinal);
    }
}
