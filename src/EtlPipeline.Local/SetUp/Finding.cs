using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.SetUp;

/// <summary>How serious a finding is.</summary>
internal enum Gravity
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>It works, but could be better.</summary>
    Advice,

    /// <summary>The pipeline would fail, or be wrong.</summary>
    Fault,
}

/// <summary>The result of a check before the first run.</summary>
/// <param name="Gravity">How serious it is.</param>
/// <param name="Subject">What was checked.</param>
/// <param name="Found">What was found.</param>
/// <param name="Mend">What to do, such as a statement to paste; null if nothing has to be done.</param>
internal sealed record Finding(Gravity Gravity, string Subject, string Found, string? Mend = null)
{
    public static Finding Fine(string subject, string found) => new(Gravity.Fine, subject, found);

    public static Finding Advice(string subject, string found, string mend) => new(Gravity.Advice, subject, found, mend);

    public static Finding Fault(string subject, string found, string mend) => new(Gravity.Fault, subject, found, mend);

    /// <summary>Writes the finding on one line, with what to do below.</summary>
    public void Write(Terminal terminal)
    {
        var (mark, style) = Gravity switch
        {
            Gravity.Fine => ("ok    ", "green"),
            Gravity.Advice => ("advice", "yellow"),
            _ => ("FAULT ", "bold red"),
        };
        terminal.Write(mark, style);
        terminal.WriteLine($"  {Subject}: {Found}");
        foreach (var line in Mend?.Split('\n') ?? []) terminal.WriteLine($"          {line}");
    }
}
