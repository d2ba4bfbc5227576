namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>A step of a history: an action of a writer, one in the transaction that stays open, its commit, or a schedule.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Number">Which rows, and which action.</param>
internal readonly record struct HistoryStep(HistoryStepKind Kind, int Number)
{
    public override string ToString() => Kind == HistoryStepKind.Write ? $"{WriterAction.All[Number % WriterAction.All.Count].Name} {Number}" : $"{Kind} {Number}";
}
