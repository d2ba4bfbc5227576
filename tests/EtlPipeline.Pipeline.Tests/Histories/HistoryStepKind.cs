namespace EtlPipeline.Pipeline.Tests.Histories;

internal enum HistoryStepKind
{
    Write,
    WriteLate,
    CommitLate,
    Prepare,
    CommitPrepared,
    Run,
}
