namespace EtlPipeline.Pipeline.Tests.Histories;

internal enum HistoryStepKind
{
    Write,
    WriteLate,
    CommitLate,
    Run,
}
