using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What a function does once, before its first invocation.</summary>
/// <returns>False to end without serving any.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>Puts a function's loop together.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task> _handler;
    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task> handler) => _handler = handler;

    /// <summary>Begins with the handler.</summary>
    /// <param name="handler">Called for each invocation with its event; what it throws is reported as the invocation's error.</param>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler) => new(handler);

    /// <summary>Adds what is done before the first invocation; what it throws is reported as an init error.</summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Makes the loop.</summary>
    /// <exception cref="InvalidOperationException">The process was not started by Lambda: <c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    public LambdaBootstrap Build() => new(RuntimeApi.FromEnvironment(Environment.GetEnvironmentVariable), _handler, _initializer);
}
