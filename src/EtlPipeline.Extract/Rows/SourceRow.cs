namespace EtlPipeline.Extract.Rows;

/// <summary>A row of the source as it is written into versions.</summary>
/// <param name="Json">Its bytes, valid until the next row is read.</param>
/// <param name="Key">The hash of its key.</param>
internal readonly record struct SourceRow(ReadOnlyMemory<byte> Json, UInt128 Key);
