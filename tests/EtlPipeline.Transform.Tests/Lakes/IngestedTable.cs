using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A version of a source table, as Extract would write it.</summary>
public sealed record IngestedTable(string Table, string Version)
{
    public IReadOnlyList<string> Unchanged { get; init; } = [];

    public IReadOnlyList<string> Changed { get; init; } = [];

    public IReadOnlyList<string> Deleted { get; init; } = [];

    public string? Previous { get; init; }

    public string? LookUp { get; init; }

    /// <summary>Spoils the metadata.</summary>
    public Func<IngestionMetadata, IngestionMetadata> Alter { get; init; } = metadata => metadata;

    public VersionKey Key => new(TableName.Parse(Table), TableVersion.Parse(Version));

    public async Task<(byte[] Body, IngestionMetadata Metadata)> BodyAsync()
    {
        using var stream = new MemoryStream();
        var writer = new RowArrayWriter(stream);
        foreach (var row in Unchanged) await writer.WriteAsync(Encoding.UTF8.GetBytes(row), Lake.Cancellation);
        var changedFrom = writer.NextRowOffset;
        foreach (var row in Changed) await writer.WriteAsync(Encoding.UTF8.GetBytes(row), Lake.Cancellation);
        await writer.CompleteAsync(Lake.Cancellation);
        return (stream.ToArray(), Alter(Metadata(changedFrom)));
    }

    public async Task<byte[]> DeletedBodyAsync()
    {
        using var stream = new MemoryStream();
        var writer = new RowArrayWriter(stream);
        foreach (var row in Deleted) await writer.WriteAsync(Encoding.UTF8.GetBytes(row), Lake.Cancellation);
        await writer.CompleteAsync(Lake.Cancellation);
        return stream.ToArray();
    }

    private IngestionMetadata Metadata(long changedFrom) => new()
    {
        Source = SourceKind.Oltp,
        Run = "run-1",
        Rows = Unchanged.Count + Changed.Count,
        Changed = Changed.Count,
        ChangedFrom = changedFrom,
        Previous = Previous is { } previous ? TableVersion.Parse(previous) : null,
        LookUp = LookUp is { } lookUp ? TableVersion.Parse(lookUp) : null,
        Deleted = Deleted.Count,
        ExtractedAt = Key.Version.Instant,
        SnapshotXmin = 1,
        SnapshotXmax = 2,
        Server = "server",
        Shape = "shape",
        FullAt = Key.Version.Instant,
    };
}
