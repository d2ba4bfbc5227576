using DuckDB.NET.Data;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Load.Staging;

/// <summary>How the values of one column go from the file into a binary COPY.</summary>
internal abstract class ColumnCopy(string expression)
{
    /// <summary>What DuckDB reads for it.</summary>
    public string Expression => expression;

    /// <summary>Copies the value of the reader's row.</summary>
    /// <exception cref="OverflowException">The column's type can't hold it exactly.</exception>
    public abstract Task WriteAsync(DuckDBDataReader reader, int field, NpgsqlBinaryImporter importer, CancellationToken cancellationToken);
}

/// <summary>How values of one .NET type go.</summary>
/// <param name="expression">What DuckDB reads.</param>
/// <param name="type">The type whose binary form PostgreSQL expects.</param>
/// <param name="read">Reads a value that is not null.</param>
internal sealed class ColumnCopy<T>(string expression, NpgsqlDbType type, Func<DuckDBDataReader, int, T> read) : ColumnCopy(expression)
{
    public override Task WriteAsync(DuckDBDataReader reader, int field, NpgsqlBinaryImporter importer, CancellationToken cancellationToken) =>
        reader.IsDBNull(field)
            ? importer.WriteNullAsync(cancellationToken)
            : importer.WriteAsync(read(reader, field), type, cancellationToken);
}
