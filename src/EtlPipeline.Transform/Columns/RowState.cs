namespace EtlPipeline.Transform.Columns;

/// <summary>Whether a row is in the source, or has vanished from it.</summary>
internal enum RowState
{
    Present,
    Deleted,
}
