using System.Text;
using Amazon.Lambda.RuntimeSupport;
using EtlPipeline.Core.Settings;
using Microsoft.Extensions.Logging;
using ILambdaContext = Amazon.Lambda.Core.ILambdaContext; // not the namespace, which has a LogLevel of its own

namespace EtlPipeline.Core.Hosting;

/// <summary>What a function is given when it starts.</summary>
public sealed class FunctionContext
{
    private readonly Func<string, string?> _environment;

    internal FunctionContext(Func<string, string?> environment, TimeProvider clock, ILogger logger)
    {
        (_environment, Clock, Logger) = (environment, clock, logger);
        Secrets = new SecretsExtension(new HttpClient { Timeout = TimeSpan.FromSeconds(15) }, environment);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The stage's logger; within an invocation its lines carry stage and request id.</summary>
    public ILogger Logger { get; }

    /// <summary>Where passwords come from if the settings name a secret.</summary>
    public SecretsExtension Secrets { get; }

    /// <summary>Reads the stage's settings, and checks the host's own.</summary>
    /// <exception cref="InvalidSettingsException">Some are missing or malformed; the message names all of them.</exception>
    public T ReadSettings<T>(Func<SettingsReader, T> read)
    {
        var reader = SettingsSource.FromEnvironment(Environment.CurrentDirectory, _environment);
        HostSettings.Read(reader);
        var settings = read(reader);
        reader.ThrowIfInvalid();
        return settings;
    }
}

/// <summary>The process of a function on AWS Lambda, from its first line to its last.</summary>
public static class FunctionHost
{
    /// <summary>Runs a function until Lambda ends it.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="read">Reads an event.</param>
    /// <param name="start">Starts the function, before the first invocation; what it returns is called for each one.</param>
    /// <returns>The process's exit code: 0 if it came to an end of its own, 1 if it could not go on.</returns>
    public static async Task<int> RunAsync<TEvent>(
        string stage, Func<Stream, TEvent> read, Func<FunctionContext, Func<TEvent, Invocation, Task>> start)
    {
        // Not Console.Out: the Lambda runtime puts a writer of its own there, which adds to our lines.
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return await RunAsync(stage, read, start, Environment.GetEnvironmentVariable, output, TimeProvider.System);
    }

    internal static async Task<int> RunAsync<TEvent>(
        string stage,
        Func<Stream, TEvent> read,
        Func<FunctionContext, Func<TEvent, Invocation, Task>> start,
        Func<string, string?> environment,
        TextWriter output,
        TimeProvider clock)
    {
        var settings = HostSettings.Read(SettingsSource.FromEnvironment(Environment.CurrentDirectory, environment));
        using var provider = new JsonLineLoggerProvider(output, clock, settings.LogLevel, settings.Metrics);
        using var loggers = new LoggerFactory([provider], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        var logger = loggers.CreateLogger(stage);
        using var scope = logger.BeginScope(new KeyValuePair<string, object?>[] { new("Stage", stage) });
        return await new HostedFunction<TEvent>(stage, read, start, new FunctionContext(environment, clock, logger)).RunAsync();
    }
}

/// <summary>A function between the Lambda runtime and its stage.</summary>
internal sealed class HostedFunction<TEvent>(
    string stage, Func<Stream, TEvent> read, Func<FunctionContext, Func<TEvent, Invocation, Task>> start, FunctionContext context)
{
    // The runtime logs what a handler throws a second time, as text of many lines. Ours is the only line of a failure.
    private const string RuntimeLogLevel = "AWS_LAMBDA_HANDLER_LOG_LEVEL";

    private Func<TEvent, Invocation, Task>? _function;

    public async Task<int> RunAsync()
    {
        try
        {
            Environment.SetEnvironmentVariable(RuntimeLogLevel, nameof(LogLevel.Critical));
            Func<Stream, ILambdaContext, Task> handler = (payload, invocation) =>
                HandleAsync(payload, invocation.AwsRequestId, invocation.RemainingTime);
            using var bootstrap = LambdaBootstrapBuilder.Create(handler).UseBootstrapHandler(StartAsync).Build();
            await bootstrap.RunAsync();
            return 0;
        }
        catch (Exception exception)
        {
            var cause = FailureText.Of(exception);
            Log.FunctionEnded(context.Logger, stage, cause, exception);
            return 1;
        }
    }

    internal Task<bool> StartAsync()
    {
        try
        {
            _function = start(context);
            return Task.FromResult(true);
        }
        catch (Exception exception)
        {
            throw FunctionFailedException.InPlaceOf(exception);
        }
    }

    /// <summary>Serves an invocation.</summary>
    internal async Task HandleAsync(Stream payload, string requestId, TimeSpan remainingTime)
    {
        using var scope = InvocationScope.Begin(context.Logger, stage, requestId);
        using var time = new InvocationTime(stage, requestId, remainingTime, context.Clock);
        var started = context.Clock.GetTimestamp();
        try
        {
            await time.GuardAsync(() => _function!(read(payload), time.Invocation));
        }
        catch (StageFailedException)
        {
            throw; // its stage has said all of it
        }
        catch (Exception exception)
        {
            StageMetrics.WriteFailure(context.Logger, stage, context.Clock.GetElapsedTime(started), exception);
            throw FunctionFailedException.InPlaceOf(exception);
        }
    }
}
