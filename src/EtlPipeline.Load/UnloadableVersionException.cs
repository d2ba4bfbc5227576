using EtlPipeline.Core.Lake;

namespace EtlPipeline.Load;

/// <summary>
/// A version can't be loaded because of what it holds, so that trying again won't help: its target stops until a later version made from all
/// rows can take its place. What the reader of the file or the server said is not kept: it may quote values.
/// </summary>
internal sealed class UnloadableVersionException(string bucket, VersionKey version, string reason) : Exception(
    $"Bucket {bucket}, key '{version.Parquet}': {reason}. Newer versions of '{version.Table}' wait until one made from all rows is there; "
    + """an event {"full": true} makes Extract write one.""");
