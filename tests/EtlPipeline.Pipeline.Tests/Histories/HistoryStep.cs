using System.Globalization;

namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Who takes a step.</summary>
internal enum StepKind
{
    /// <summary>A writer commits something in the source at once.</summary>
    Write,

    /// <summary>A writer does something in a transaction that stays open.</summary>
    WriteLate,

    /// <summary>A writer does something in a transaction and prepares it.</summary>
    Prepare,

    /// <summary>An open, or a prepared, transaction ends.</summary>
    End,

    /// <summary>Something happens to the source's database as a whole.</summary>
    Source,

    /// <summary>The pipeline runs, well or not.</summary>
    Run,

    /// <summary>Something happens to the lake, to the events, or time passes.</summary>
    Lake,
}

/// <summary>Something that can happen in a history.</summary>
/// <param name="Kind">Who does it.</param>
/// <param name="Name">What a printed history calls it.</param>
/// <param name="Sql">
/// The statements, if a writer does it: <c>{n}</c> is the step's number, which chooses rows, and <c>{now}</c> the moment. Transactions that
/// stay open touch other rows (odd keys) than the rest, so that nobody waits.
/// </param>
/// <param name="Weight">How often it happens, beside the others; 0 if only in histories that are named.</param>
internal sealed record HistoryAction(StepKind Kind, string Name, string Sql = "", int Weight = 2)
{
    public static IReadOnlyList<HistoryAction> All { get; } =
        [.. RowActions.All, .. MendedActions.All, .. SchemaActions.All, .. TransactionActions.All, .. PipelineActions.All];

    private static readonly Dictionary<string, HistoryAction> ByName = All.ToDictionary(action => action.Name, StringComparer.Ordinal);

    public static HistoryAction Find(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new FormatException($"'{name}' isn't something that can happen in a history.");

    public string SqlFor(int number, DateTimeOffset now) => Sql
        .Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{now}", now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

/// <summary>A step of a history, written <c>name:number</c>.</summary>
/// <param name="Action">What happens.</param>
/// <param name="Number">Which rows, which moment, which side: what the action makes of it.</param>
internal sealed record HistoryStep(HistoryAction Action, int Number)
{
    public static HistoryStep Parse(string text) => text.Split(':') is [var name, var number]
        ? new HistoryStep(HistoryAction.Find(name), int.Parse(number, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{text}' isn't a step, such as update:17.");

    public override string ToString() => $"{Action.Name}:{Number}";
}

/// <summary>What happens to a source and to the pipeline, in order. The same text gives the same history.</summary>
/// <param name="Steps">The steps.</param>
internal sealed record History(IReadOnlyList<HistoryStep> Steps)
{
    private const int MostSteps = 26;
    private const int FewestSteps = 6;

    /// <summary>Makes the history of a number.</summary>
    public static History Of(int seed)
    {
        var random = new Random(seed);
        var total = HistoryAction.All.Sum(action => action.Weight);
        return new History([.. Enumerable.Range(0, random.Next(FewestSteps, MostSteps)).Select(_ => new HistoryStep(Choose(random.Next(total)), random.Next(1000)))]);
    }

    /// <summary>Reads the text of a history.</summary>
    public static History Parse(string text) =>
        new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(HistoryStep.Parse)]);

    public override string ToString() => string.Join(' ', Steps);

    private static HistoryAction Choose(int at)
    {
        foreach (var action in HistoryAction.All)
        {
            if (at < action.Weight) return action;
            at -= action.Weight;
        }

        throw new ArgumentOutOfRangeException(nameof(at));
    }
}
