using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Comparison;

/// <summary>Refuses a table that comes up empty or loses more than half of its rows: it is more often an accident than meant.</summary>
internal static class DeleteGuard
{
    /// <summary>Checks a table.</summary>
    /// <exception cref="PipelineException">It has lost too many rows.</exception>
    public static void Check(TableName table, VersionDraft draft)
    {
        var (before, rows, lost) = (draft.RowsBefore, draft.Rows.Count, draft.Lost);
        if (before == 0 || (rows > 0 && lost * 2 <= before)) return;
        throw new PipelineException(
            $"Table '{table}' has lost {lost} of its {before} rows; if that is meant, " + $$"""send {"acceptDeletes": ["{{table}}"]}""");
    }
}
