using EtlPipeline.Core.Hosting;

namespace EtlPipeline.Extract.Reading;

/// <summary>Refuses a table that comes up empty or has lost more than half of its rows: it is more often an accident than meant.</summary>
internal static class DeleteGuard
{
    /// <summary>Checks a table.</summary>
    /// <param name="run">The run.</param>
    /// <param name="table">The table.</param>
    /// <param name="before">How many rows the newest version's segments have counted.</param>
    /// <param name="rows">How many there are now.</param>
    /// <exception cref="PipelineException">It has lost too many rows.</exception>
    public static void Check(ExtractRun run, TableExtraction table, long before, long rows)
    {
        if (table.IsAccepted || run.Options.EmptiedTables.Contains(table.Table) || rows * 2 >= before) return;
        table.IsRefused = true;
        throw new PipelineException(
            $"Table '{table.Table}' has lost {before - rows} of its {before} rows; if that is meant, "
            + $$"""call `run --accept-deletes {{table.Table}}`, or invoke Extract with {"acceptDeletes": ["{{table.Table}}"]}""");
    }
}
