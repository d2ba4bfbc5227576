using System.Globalization;
using EtlPipeline.Load.Parquet;
using EtlPipeline.Load.Warehouse;
using Npgsql;
using NpgsqlTypes;

namespace EtlPipeline.Load.Staging;

/// <summary>
/// The keys of a dimension's members that the rows of a version refer to in one column, each once. They are noted as the rows go by: a pass
/// of the server over the rows takes longer than copying them.
/// </summary>
/// <param name="reference">The reference.</param>
/// <param name="column">The column that refers.</param>
internal sealed class ReferencedKeys(Reference reference, WireColumn column)
{
    private readonly HashSet<long> _numbers = [];
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private long? _last;

    /// <summary>What is referred to.</summary>
    public Reference Reference => reference;

    /// <summary>The column of the file.</summary>
    public ParquetColumn Source => column.Source;

    /// <summary>Whether no row refers to a member.</summary>
    public bool AreNone => _numbers.Count + _texts.Count == 0;

    /// <summary>Notes what a row refers to.</summary>
    public void Add(in ParquetVector vector, int row)
    {
        if (vector.IsNull(row)) return;
        if (!column.IsNumber)
        {
            _texts.Add(column.TextOf(vector, row));
            return;
        }

        // Neighbours often refer to the same member.
        var number = column.NumberOf(vector, row);
        if (number == _last) return;
        _last = number;
        _numbers.Add(number);
    }

    /// <summary>A query of the keys.</summary>
    /// <param name="type">The type of the dimension's key.</param>
    /// <param name="parameter">The number of the query's parameter.</param>
    public string Select(string type, int parameter)
    {
        var value = column.IsDate ? "DATE '1970-01-01' + key::integer" : "key";
        return string.Create(CultureInfo.InvariantCulture, $"SELECT CAST({value} AS {type}) FROM unnest(${parameter}::{(column.IsNumber ? "bigint" : "text")}[]) AS key");
    }

    /// <summary>The query's parameter.</summary>
    public NpgsqlParameter Parameter() => column.IsNumber
        ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = _numbers.ToArray() }
        : new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = _texts.ToArray() };
}
