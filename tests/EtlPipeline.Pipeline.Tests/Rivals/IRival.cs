using Npgsql;

namespace EtlPipeline.Pipeline.Tests.Rivals;

/// <summary>
/// A strategy by which tools of the field find out what changed in a table. It copies rows, as JSON under their key, into tables of its own in
/// the source's database.
/// </summary>
internal interface IRival
{
    /// <summary>What the table of results calls it.</summary>
    string Name { get; }

    /// <summary>Brings the copy of a table up to date.</summary>
    /// <param name="connection">A session of its own.</param>
    /// <param name="copy">The copy.</param>
    Task RunAsync(NpgsqlConnection connection, RivalCopy copy);
}

/// <summary>A rival's copy of a table: its own columns are the key and the row.</summary>
/// <param name="Rival">The rival's name, which is its schema.</param>
/// <param name="Table">The table.</param>
internal sealed record RivalCopy(string Rival, string Table)
{
    /// <summary>The copy's name, quoted.</summary>
    public string Name => $"\"{Rival}\".{Table}";

    /// <summary>Makes the copy, empty.</summary>
    public string Create => $"CREATE SCHEMA IF NOT EXISTS \"{Rival}\"; CREATE TABLE {Name} (key text PRIMARY KEY, row jsonb NOT NULL)";

    /// <summary>Writes rows by their key: new ones are inserted, others overwritten.</summary>
    /// <param name="condition">Which rows of the table, which is <c>t</c>.</param>
    public string Upsert(string condition) => $"""
        INSERT INTO {Name} SELECT {Table}_id::text, to_jsonb(t) FROM public.{Table} AS t WHERE {condition}
        ON CONFLICT (key) DO UPDATE SET row = excluded.row
        """;

    /// <summary>Counts what is wrong: rows that the copy lacks, rows that only the copy has, rows that differ.</summary>
    public string Compare => $"""
        SELECT count(*) FILTER (WHERE copy.key IS NULL), count(*) FILTER (WHERE t.key IS NULL), count(*) FILTER (WHERE t.row <> copy.row)
        FROM (SELECT {Table}_id::text AS key, to_jsonb(t) AS row FROM public.{Table} AS t) AS t
        FULL JOIN {Name} AS copy USING (key)
        """;
}
