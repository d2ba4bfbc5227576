using EtlPipeline.Soak.Figures;
using EtlPipeline.Testing;

namespace EtlPipeline.Soak.Pipelines;

/// <summary>A pipeline that stays warm over all schedules.</summary>
internal interface IScheduledPipeline : IAsyncDisposable
{
    TestDatabase Source { get; }

    TestDatabase Warehouse { get; }

    /// <summary>The processes that it runs in.</summary>
    IReadOnlyList<MeasuredProcess> Processes { get; }

    /// <summary>A schedule: Extract, then Transform and Load on the events that follow from it.</summary>
    /// <param name="isSweep">Whether Transform and Load sweep first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">A function failed.</exception>
    Task RunAsync(bool isSweep, CancellationToken cancellationToken);

    /// <summary>How many rows of the warehouse are not as the source has them, or wait to arrive.</summary>
    Task<long> CountDifferencesAsync(CancellationToken cancellationToken);
}
