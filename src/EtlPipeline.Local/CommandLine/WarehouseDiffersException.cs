using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.CommandLine;

/// <summary>Rows of the warehouse are not as the source has them.</summary>
internal sealed class WarehouseDiffersException(long wrong) : Exception(
    $"{Cell.Number(wrong)} {(wrong == 1 ? "row" : "rows")} of the warehouse {(wrong == 1 ? "is" : "are")} not as the source has them. "
    + "Look for rejected rows with `status`; `replay --full` brings everything anew.");
