using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Rows;
using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.Extract.Sources.Sample;

/// <summary>The form of a sample table, as a catalog would describe it.</summary>
internal static class SampleRelation
{
    /// <exception cref="PipelineException">There is no such sample table.</exception>
    public static SourceRelation Describe(TableName name)
    {
        var table = Find(name);
        return new SourceRelation
        {
            Table = name,
            Columns = [.. table.Columns.Select(column => new SourceColumn(new ColumnName(column.Name), Format(column.Kind)))],
            Key = [0],
            Shape = string.Join(' ', table.Columns.Select(column => column.Name)),
            HasTransactionIds = true,
        };
    }

    /// <exception cref="PipelineException">There is no such sample table.</exception>
    public static TotesysTable Find(TableName name) => TotesysTables.Find(name.Value) ?? throw new PipelineException(
        $"There is no sample table '{name}'. The sample data has {string.Join(", ", TotesysTables.All)}: "
        + "take it out of AWS_TABLES_LIST, or read a database with IS_OLTP_OK=True.");

    private static ColumnFormat Format(ColumnKind kind) => kind switch
    {
        ColumnKind.WholeNumber or ColumnKind.Numeric => ColumnFormat.Number,
        ColumnKind.Timestamp => ColumnFormat.Timestamp,
        ColumnKind.Boolean => ColumnFormat.Boolean,
        _ => ColumnFormat.Text,
    };
}
