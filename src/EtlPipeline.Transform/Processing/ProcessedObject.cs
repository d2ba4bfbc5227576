using System.Security.Cryptography;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Transform.Processing;

/// <summary>Puts Parquet files into the processed bucket, each with its hash: Load opens no file that has changed since.</summary>
internal static class ProcessedObject
{
    /// <summary>Puts a file; false where there is one under the key already.</summary>
    public static async Task<bool> PutAsync(
        IObjectStore processed, VersionKey key, TemporaryFile parquet, ProcessedMetadata metadata, CancellationToken cancellationToken)
    {
        parquet.Stream.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(parquet.Stream, cancellationToken));
        parquet.Stream.Position = 0;
        return await processed.PutIfAbsentAsync(
            key.Parquet, parquet.Stream, (metadata with { Sha256 = hash }).ToObjectMetadata(), cancellationToken);
    }
}
