using System.Text;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Core.Hosting;

/// <summary>The process of a function on AWS Lambda, from its first line to its last.</summary>
public static class FunctionProcess
{
    /// <summary>Runs the function's loop, and logs what ended it.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="run">The loop.</param>
    /// <returns>The process's exit code: 0 where the loop came to an end of its own, 1 where it could not go on.</returns>
    public static async Task<int> RunAsync(string stage, Func<ILogger, Task> run)
    {
        // Not Console.Out: a Lambda runtime may put a writer of its own there, which adds to our lines.
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using var provider = new JsonLineLoggerProvider(output, TimeProvider.System);
        using var loggers = new LoggerFactory([provider]);
        var logger = loggers.CreateLogger(stage);
        try
        {
            await run(logger);
            return 0;
        }
        catch (Exception exception)
        {
            Log.FunctionEnded(logger, stage, exception.Message, exception);
            return 1;
        }
    }
}
