using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A function's loop: takes an invocation, runs the handler, reports what came of it, and again.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly RuntimeApi _api;
    private readonly Func<Stream, ILambdaContext, Task> _handler;
    private readonly LambdaBootstrapInitializer? _initializer;

    internal LambdaBootstrap(RuntimeApi api, Func<Stream, ILambdaContext, Task> handler, LambdaBootstrapInitializer? initializer) =>
        (_api, _handler, _initializer) = (api, handler, initializer);

    /// <summary>Serves invocations until the token is cancelled.</summary>
    /// <param name="cancellationToken">Ends the loop between two invocations.</param>
    /// <exception cref="HttpRequestException">The Runtime API is gone, or refused an answer: the process has nothing more to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (!await InitializeAsync()) return;
        try
        {
            while (!cancellationToken.IsCancellationRequested) await ServeAsync(await _api.NextAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _api.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<bool> InitializeAsync()
    {
        if (_initializer is null) return true;
        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            await ReportAsync(exception);
            throw;
        }
    }

    private async Task ReportAsync(Exception initError)
    {
        try
        {
            await _api.ReportInitErrorAsync(initError);
        }
        catch (HttpRequestException exception)
        {
            throw new AggregateException(initError, exception);
        }
    }

    /// <summary>A failed invocation is the invocation's trouble: the function lives on.</summary>
    private async Task ServeAsync(Invocation invocation)
    {
        try
        {
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
            await _handler(invocation.Payload, invocation.Context);
        }
        catch (Exception exception)
        {
            await _api.ReportErrorAsync(invocation.Context.AwsRequestId, exception);
            return;
        }

        await _api.RespondAsync(invocation.Context.AwsRequestId);
    }
}
