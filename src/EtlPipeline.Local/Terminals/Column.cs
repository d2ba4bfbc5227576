namespace EtlPipeline.Local.Terminals;

/// <summary>A column of a table on the terminal.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsNumber">Whether its values are flushed right and never broken.</param>
internal readonly record struct Column(string Heading, bool IsNumber = false)
{
    public static Column Number(string heading) => new(heading, IsNumber: true);

    public static implicit operator Column(string heading) => new(heading);
}
