using System.CommandLine;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The pipeline against the databases and buckets in the settings: once, or at an interval.</summary>
internal sealed class RunCommand : ICommand
{
    private readonly Option<TimeSpan?> _every = new("--every")
    {
        Description = "Run again at this interval, such as 30s, 5m or 1h, until Ctrl-C. An error does not end it.",
        HelpName = "interval",
        CustomParser = Interval.Parse,
    };

    public Command Define() =>
        new("run", "Run the pipeline against the databases and buckets in the settings (environment, or .env with WHAT_ENV=dev).") { _every };

    public async Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = PipelineSettings.Read(context.ReadSettings());
        if (context.Parsed.GetValue(_every) is { } interval) await RepeatAsync(context, settings, interval, cancellationToken);
        else await context.Round.RunAsync(settings, ExtractRequest.Scheduled, isSweep: true, cancellationToken);
    }

    private static async Task RepeatAsync(
        CommandContext context, PipelineSettings settings, TimeSpan interval, CancellationToken cancellationToken)
    {
        var (rounds, failedRounds) = (0, 0);
        try
        {
            await new RoundLoop(interval, context.Clock).RunAsync(RunRoundAsync, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            context.Terminal.WriteNote($"Ended after {rounds} rounds, {failedRounds} of them with errors.");
            if (failedRounds > 0) throw new RoundsFailedException(failedRounds, rounds);
        }

        async Task RunRoundAsync(bool isSweep, CancellationToken token)
        {
            context.Terminal.WriteHeading($"Round {rounds + 1}, {context.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
            try
            {
                await context.Round.RunAsync(settings, ExtractRequest.Scheduled, isSweep, token);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                failedRounds++;
                ErrorMessage.Write(context.Terminal, exception);
            }

            rounds++;
        }
    }
}
