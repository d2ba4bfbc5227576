namespace EtlPipeline.Soak.Figures;

/// <summary>A process that the pipeline runs in.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Id">Its id.</param>
/// <param name="TemporaryFolder">Where its temporary files go, and nobody else's.</param>
internal sealed record MeasuredProcess(string Name, int Id, string TemporaryFolder)
{
    /// <summary>Whether it is this process, whose heap can be looked into.</summary>
    public bool IsThisOne => Id == Environment.ProcessId;
}
