using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Lambda Runtime API (AWS, <i>Using the Lambda runtime API for custom runtimes</i>).</summary>
internal sealed class RuntimeApi : IDisposable
{
    private readonly Uri _address;
    private readonly Func<string, string?> _environment;

    /// <summary>An event may be hours away, so no request of ours times out.</summary>
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    private RuntimeApi(Uri address, Func<string, string?> environment) => (_address, _environment) = (address, environment);

    public static RuntimeApi FromEnvironment(Func<string, string?> environment) =>
        environment("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 } host
            ? new RuntimeApi(new Uri($"http://{host}/2018-06-01/runtime/"), environment)
            : throw new InvalidOperationException("AWS_LAMBDA_RUNTIME_API is not set: this program is started by AWS Lambda.");

    /// <summary>Waits for the next invocation, for as long as it takes.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await _client.GetAsync(new Uri(_address, "invocation/next"), cancellationToken);
        response.EnsureSuccessStatusCode();
        var payload = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return new Invocation(Context(response), Header(response, "Lambda-Runtime-Trace-Id"), payload);
    }

    /// <summary>Reports that an invocation succeeded.</summary>
    public Task RespondAsync(string requestId) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_address, $"invocation/{requestId}/response")) { Content = new ByteArrayContent([]) });

    /// <summary>Reports that an invocation failed.</summary>
    public Task ReportErrorAsync(string requestId, Exception exception) =>
        SendAsync(ErrorReport.For(new Uri(_address, $"invocation/{requestId}/error"), exception));

    /// <summary>Reports that the function could not start.</summary>
    public Task ReportInitErrorAsync(Exception exception) => SendAsync(ErrorReport.For(new Uri(_address, "init/error"), exception));

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _client.SendAsync(request);
            response.EnsureSuccessStatusCode();
        }
    }

    private InvocationContext Context(HttpResponseMessage response) => new()
    {
        AwsRequestId = Header(response, "Lambda-Runtime-Aws-Request-Id") is { Length: > 0 } id
            ? id
            : throw new HttpRequestException("The Lambda Runtime API handed out an invocation without an id, so its end could not be reported"),
        InvokedFunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn") ?? string.Empty,
        FunctionName = _environment("AWS_LAMBDA_FUNCTION_NAME") ?? string.Empty,
        FunctionVersion = _environment("AWS_LAMBDA_FUNCTION_VERSION") ?? string.Empty,
        MemoryLimitInMB = (int)Number(_environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")),
        Deadline = DateTimeOffset.FromUnixTimeMilliseconds(Number(Header(response, "Lambda-Runtime-Deadline-Ms"))),
        Clock = TimeProvider.System,
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>An event that the Runtime API handed out, with what belongs to it.</summary>
/// <param name="Context">Its context.</param>
/// <param name="TraceId">The X-Ray trace that it is part of.</param>
/// <param name="Payload">The event.</param>
internal sealed record Invocation(InvocationContext Context, string? TraceId, Stream Payload);

/// <summary>The context of an invocation; its deadline comes with the event, the rest from the process's environment.</summary>
internal sealed record InvocationContext : ILambdaContext
{
    public required string AwsRequestId { get; init; }

    public required string InvokedFunctionArn { get; init; }

    public required string FunctionName { get; init; }

    public required string FunctionVersion { get; init; }

    public required int MemoryLimitInMB { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public required TimeProvider Clock { get; init; }

    public TimeSpan RemainingTime => Deadline - Clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
