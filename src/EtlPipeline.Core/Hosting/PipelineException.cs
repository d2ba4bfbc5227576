namespace EtlPipeline.Core.Hosting;

/// <summary>Something that the pipeline won't or can't do; the message names the thing, what was wrong with it, and what the reader can do.</summary>
public sealed class PipelineException : Exception
{
    /// <summary>Makes the exception.</summary>
    public PipelineException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
