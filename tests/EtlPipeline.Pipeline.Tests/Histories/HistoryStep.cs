namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>A step of a history: an action of a writer, one in the transaction that stays open, its commit, either phase of a prepared one, or a schedule.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Number">Which rows, and which action.</param>
internal readonly record struct HistoryStep(HistoryStepKind Kind, int Number)
{
    /// <summary>What a writer does in this step.</summary>
    public WriterAction Action => WriterAction.All[Number % WriterAction.All.Count];

    /// <summary>What a reader calls it.</summary>
    public string Name => Kind == HistoryStepKind.Write ? Action.Name : Kind.ToString();

    public override string ToString() => $"{Name} {Number}";
}
