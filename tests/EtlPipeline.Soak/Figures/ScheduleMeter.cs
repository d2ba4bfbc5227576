using EtlPipeline.Soak.Pipelines;

namespace EtlPipeline.Soak.Figures;

/// <summary>Takes down what a pipeline holds after a schedule.</summary>
internal sealed class ScheduleMeter : IAsyncDisposable
{
    private readonly IReadOnlyList<ProcessMeter> _processes;
    private readonly DatabaseMeter _databases;

    private ScheduleMeter(IEnumerable<MeasuredProcess> processes, DatabaseMeter databases) =>
        (_processes, _databases) = ([.. processes.Select(process => new ProcessMeter(process))], databases);

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="patience">How long sessions that have just ended are waited for.</param>
    public static async Task<ScheduleMeter> OpenAsync(IScheduledPipeline pipeline, TimeSpan patience) =>
        new(pipeline.Processes, await DatabaseMeter.OpenAsync(pipeline.Source, pipeline.Warehouse, patience));

    public async Task<ScheduleFigures> ReadAsync(int schedule, TimeSpan elapsed, CancellationToken cancellationToken) => new(
        schedule, elapsed, await _databases.ReadAsync(cancellationToken), [.. _processes.Select(process => process.Read())]);

    public ValueTask DisposeAsync() => _databases.DisposeAsync();
}
