namespace EtlPipeline.Local.Pipeline;

/// <summary>How far a table has come in a round.</summary>
internal enum TableStep
{
    /// <summary>Extract has not come to it.</summary>
    Waiting,

    /// <summary>Extract found it as it was; there is nothing else to do.</summary>
    Unchanged,

    /// <summary>Its version lies in the ingestion bucket.</summary>
    Extracted,

    /// <summary>Its version lies in the processed bucket.</summary>
    Transformed,

    /// <summary>Its version is in the warehouse.</summary>
    Loaded,
}
