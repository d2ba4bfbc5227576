using Npgsql;

namespace EtlPipeline.Report.Figures;

/// <summary>A question to the warehouse, and how a row of the answer is read.</summary>
/// <param name="Script">The .sql file.</param>
/// <param name="Read">Reads the row that the reader is at.</param>
/// <typeparam name="T">A row.</typeparam>
internal sealed record FigureQuery<T>(string Script, Func<NpgsqlDataReader, T> Read);
