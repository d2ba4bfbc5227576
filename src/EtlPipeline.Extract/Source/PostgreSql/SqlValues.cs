using System.Globalization;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Extract.Source.PostgreSql;

/// <summary>
/// The values of a query, each under the expression that stands for it in the SQL. They are parameters; or, for COPY, which takes none,
/// settings of the transaction. Either way no value becomes a part of a statement.
/// </summary>
internal abstract class SqlValues
{
    /// <summary>Adds a value.</summary>
    /// <param name="text">The value as a text.</param>
    /// <param name="type">Its type.</param>
    /// <returns>What stands for it.</returns>
    public abstract string Add(string text, string type);

    /// <summary>Adds an array of values.</summary>
    public abstract string AddAll(IEnumerable<string> texts, string type);

    /// <summary>The values as parameters.</summary>
    public sealed class Parameters : SqlValues
    {
        private readonly List<NpgsqlParameter> _parameters = [];

        public IReadOnlyList<NpgsqlParameter> All => _parameters;

        public override string Add(string text, string type) => Add(SqlRunner.Parameter(text), type);

        public override string AddAll(IEnumerable<string> texts, string type) => Add(SqlRunner.Parameter(texts.ToArray()), $"{type}[]");

        private string Add(NpgsqlParameter parameter, string type)
        {
            _parameters.Add(parameter);
            return $"${_parameters.Count.ToString(CultureInfo.InvariantCulture)}::{type}";
        }
    }

    /// <summary>The values as settings that end with the transaction.</summary>
    /// <param name="isIndexed">Whether the planner is to know the values of a range, since an index leads to it; else each is read once a query, not once a row.</param>
    public sealed class Settings(bool isIndexed) : SqlValues
    {
        private const string Name = "etl_pipeline.value_";

        private readonly List<string> _texts = [];

        public async Task SetAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        {
            if (_texts.Count == 0) return;
            var settings = Enumerable.Range(1, _texts.Count).Select(i => $"set_config('{Name}{Text(i)}', ${Text(i)}, true)");
            await connection.ExecuteAsync($"SELECT {string.Join(", ", settings)}", _texts.Select(SqlRunner.Parameter), cancellationToken);
        }

        public override string Add(string text, string type)
        {
            _texts.Add(text);
            var setting = $"current_setting('{Name}{Text(_texts.Count)}')::{type}";
            return isIndexed && type is "bigint" or "uuid" ? setting : $"(SELECT {setting})";
        }

        public override string AddAll(IEnumerable<string> texts, string type) => throw new NotSupportedException("Rows are read without arrays.");

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
