using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Testing.Lambda;

/// <summary>The Lambda Runtime API on loopback: hands events to one function, and keeps what it answers.</summary>
public sealed class FakeRuntimeApi : IAsyncDisposable
{
    /// <summary>What the real one answers, and Amazon's client reads.</summary>
    private static readonly byte[] Accepted = """{"status":"OK"}"""u8.ToArray();

    /// <summary>How long a function may take beyond its invocation's time, on a machine that is busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly Channel<(string RequestId, byte[] Event, TimeSpan Time)> _pending = Channel.CreateUnbounded<(string, byte[], TimeSpan)>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationOutcome>> _outcomes = new();
    private readonly TaskCompletionSource<InvocationOutcome> _initError = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts it on a free port.</summary>
    public FakeRuntimeApi()
    {
        (_listener, var port) = LoopbackListener.Start();
        Address = $"127.0.0.1:{port}";
        _serving = ServeAsync();
    }

    /// <summary>Host and port, as <c>AWS_LAMBDA_RUNTIME_API</c> names them.</summary>
    public string Address { get; }

    /// <summary>Completes when the function says that it could not start; fails if it doesn't for long.</summary>
    public Task<InvocationOutcome> InitError => _initError.Task.WaitAsync(Patience);

    /// <summary>Hands an event to the function, and waits for what it makes of it, no longer than two minutes beyond its time.</summary>
    /// <param name="json">The event.</param>
    /// <param name="time">How long the invocation may take; five minutes by default.</param>
    /// <param name="requestId">Its id; a new one by default.</param>
    public Task<InvocationOutcome> InvokeAsync(string json, TimeSpan? time = null, string? requestId = null) =>
        InvokeAsync(Encoding.UTF8.GetBytes(json), time, requestId);

    /// <summary>The same with the event's bytes.</summary>
    public async Task<InvocationOutcome> InvokeAsync(byte[] bytes, TimeSpan? time = null, string? requestId = null)
    {
        requestId ??= Guid.NewGuid().ToString();
        var outcome = new TaskCompletionSource<InvocationOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _outcomes[requestId] = outcome;
        var limit = time ?? TimeSpan.FromMinutes(5);
        await _pending.Writer.WriteAsync((requestId, bytes, limit));
        return await outcome.Task.WaitAsync(limit > TimeSpan.Zero ? limit + Patience : Patience);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true) answers.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        // The listener closes what is idle for 15 seconds, and a function that answers at that moment would find its connection gone.
        context.Response.KeepAlive = false;
        try
        {
            await (context.Request.Url!.AbsolutePath.Split('/') switch
            {
                [_, "2018-06-01", "runtime", "invocation", "next"] => HandOutAsync(context.Response),
                [_, "2018-06-01", "runtime", "invocation", var id, "response" or "error"] => TakeAsync(context, _outcomes[id]),
                [_, "2018-06-01", "runtime", "init", "error"] => TakeAsync(context, _initError),
                _ => throw new InvalidOperationException($"no such call: {context.Request.Url}"),
            });
        }
        catch (Exception exception) when (exception is ChannelClosedException or HttpListenerException or ObjectDisposedException)
        {
            context.Response.Abort(); // the test is over
        }
    }

    private async Task HandOutAsync(HttpListenerResponse response)
    {
        var (requestId, bytes, time) = await _pending.Reader.ReadAsync();
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = requestId;
        response.Headers["Lambda-Runtime-Deadline-Ms"] =
            (DateTimeOffset.UtcNow + time).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{requestId}";
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-west-2:123456789012:function:test";
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }

    private static async Task TakeAsync(HttpListenerContext context, TaskCompletionSource<InvocationOutcome> outcome)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        OutputWatch.See("a function's answer", body);
        JsonElement? error = context.Request.Url!.AbsolutePath.EndsWith("/error", StringComparison.Ordinal)
            ? JsonDocument.Parse(body).RootElement
            : null;
        context.Response.StatusCode = (int)HttpStatusCode.Accepted;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Accepted);
        context.Response.Close();
        outcome.TrySetResult(new InvocationOutcome(
            error, context.Request.Headers["Lambda-Runtime-Function-Error-Type"], context.Request.ContentType));
    }
}
