namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>What happens to the pipeline, the lake, and the source's database as a whole.</summary>
internal static class PipelineActions
{
    public static IReadOnlyList<HistoryAction> All { get; } =
    [
        new(StepKind.Run, "run", Weight: 40),
        new(StepKind.Run, "run-cut-off", Weight: 6),
        new(StepKind.Run, "run-killed", Weight: 6),
        new(StepKind.Run, "run-with-sessions-ended", Weight: 3),
        new(StepKind.Run, "run-twice-at-once", Weight: 3),
        new(StepKind.Run, "run-while-written", Weight: 6),
        new(StepKind.Run, "run-full", Weight: 2),
        new(StepKind.Run, "run-read", Weight: 2),
        new(StepKind.Run, "run-accepting", Weight: 3),
        new(StepKind.Run, "extract-alone", Weight: 3),
        new(StepKind.Run, "run-with-doorbells-lost", Weight: 3),
        new(StepKind.Run, "run-with-parquet-damaged", Weight: 2),
        new(StepKind.Run, "run-with-rows-damaged", Weight: 2),
        new(StepKind.Lake, "sweep", Weight: 2),
        new(StepKind.Lake, "hours-pass", Weight: 8),
        new(StepKind.Lake, "empty-ingestion", Weight: 1),
        new(StepKind.Lake, "empty-processed", Weight: 1),
        new(StepKind.Lake, "empty-lake", Weight: 1),
        new(StepKind.Lake, "lose-newest-version", Weight: 1),
        new(StepKind.Lake, "lose-segments", Weight: 1),
        new(StepKind.Source, "replace-database", Weight: 1),
    ];
}
