using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.Targets.Language;
using EtlPipeline.Targets.Rows;

namespace EtlPipeline.Targets.Tests;

/// <summary>Rows of source tables, given as JSON, and what targets make of them.</summary>
internal static class Source
{
    public static ITarget Target(string name) => TargetCatalogue.Find(TableName.Parse(name)) ?? throw new ArgumentException($"There is no target '{name}'.", nameof(name));

    /// <summary>A row of a source.</summary>
    public static SourceRow Row(string json, LookUpRows? lookUps = null)
    {
        var row = new JsonRow();
        row.Read(Encoding.UTF8.GetBytes(json));
        return new SourceRow(row, lookUps ?? LookUpRows.None);
    }

    /// <summary>A look-up's rows.</summary>
    public static LookUpRows LookUp(LookUp lookUp, string json)
    {
        var rows = new LookUpRows();
        rows.Add(lookUp, Row(json));
        return rows;
    }

    /// <summary>The row that a target makes, its columns as PostgreSQL prints them, joined by <c>|</c>; or why it makes none.</summary>
    public static string Map(ITarget target, string json, LookUpRows? lookUps = null)
    {
        var rows = target.CreateRows();
        return rows.Add(Row(json, lookUps)) ?? string.Join('|', rows.Columns.Select(column => column.Print(0) ?? "NULL"));
    }
}
