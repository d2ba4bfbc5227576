using EtlPipeline.Core.Rows;

namespace EtlPipeline.Extract.Sources.PostgreSql;

/// <summary>What the catalog says of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Format">How its values are written, which follows from the type under its domains.</param>
/// <param name="KeyPosition">Its place in the primary key, from 1 on; null where it is no part of that.</param>
internal sealed record CatalogColumn(ColumnName Name, ColumnFormat Format, long? KeyPosition);
