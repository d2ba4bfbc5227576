using EtlPipeline.Extract;

namespace EtlPipeline.Pipeline.Tests.Harness;

/// <summary>Sizes at which Extract changes its strategy, so small that a few dozen rows cross them all.</summary>
internal static class SmallLimits
{
    public static ExtractLimits All { get; } = new()
    {
        SegmentRows = 6,
        SegmentBytes = 4 << 10,
        Segments = 24,
        ChunkBytes = 5 << 10,
        BulkBytes = 8 << 10,
        SmallTableBytes = 1 << 10,
    };
}
