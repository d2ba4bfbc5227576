using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Values;

/// <summary>Reads a value that is not null, exactly or not at all.</summary>
/// <exception cref="InvalidRowException">The value is of another kind, or can't be held without a change.</exception>
internal delegate T ValueReader<out T>(JsonValue value);
