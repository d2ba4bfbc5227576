namespace EtlPipeline.Transform.Processing;

/// <summary>Which rows of a version of the source a version of the target is made from.</summary>
internal enum RowScope
{
    /// <summary>Those that are new or changed since the version before.</summary>
    Changed,

    /// <summary>All of them; the version stands by itself.</summary>
    All,

    /// <summary>None, because the source's version, or its look-up, can't be read.</summary>
    Unreadable,
}
