using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Targets.Rows;
using EtlPipeline.Targets.Tables;

namespace EtlPipeline.Targets;

/// <summary>The warehouse tables that are made from source tables: the one list, to which a new target's file is added.</summary>
/// <remarks>Every member throws <see cref="PipelineException"/> if the targets don't go together; the message names the files to mend.</remarks>
public static class TargetCatalogue
{
    // Lazy, so that the first to ask is told what is wrong, and not that a type could not be initialised.
    private static readonly Lazy<TargetList> Targets = new(() => TargetList.Of(
        Calendar,
        new DimCounterparty(),
        new DimCurrency(),
        new DimDesign(),
        new DimLocation(),
        new DimPaymentType(),
        new DimStaff(),
        new DimTransaction(),
        new FactPayment(),
        new FactPurchaseOrder(),
        new FactSalesOrder()));

    /// <summary>The targets, as a list that goes together.</summary>
    public static TargetList List => Targets.Value;

    /// <summary>The targets.</summary>
    public static IReadOnlyList<ITarget> All => List.All;

    /// <summary><c>dim_date</c>, the days, which have no source table.</summary>
    public static TargetDescription Calendar => DimDate.Instance.Description;

    /// <summary>The rows of <c>dim_date</c> for some days.</summary>
    public static TargetRows CalendarRows(IEnumerable<DateOnly> days)
    {
        var rows = new TargetRows<DateOnly>(DimDate.Instance.Columns, _ => throw new InvalidOperationException("The calendar has no source."));
        foreach (var day in days) rows.Add(day);
        return rows;
    }

    /// <inheritdoc cref="TargetList.Find"/>
    public static ITarget? Find(TableName target) => List.Find(target);

    /// <inheritdoc cref="TargetList.OfSource"/>
    public static IReadOnlyList<ITarget> OfSource(TableName source) => List.OfSource(source);

    /// <inheritdoc cref="TargetList.LookUpsOf"/>
    public static IReadOnlyList<TableName> LookUpsOf(TableName source) => List.LookUpsOf(source);

    /// <inheritdoc cref="TargetList.IsLookUp"/>
    public static bool IsLookUp(TableName table) => List.IsLookUp(table);

    /// <summary>The source table that a name stands for: its own, or that of a target or of a copy.</summary>
    public static TableName SourceOf(TableName name) =>
        Find(name)?.Source ?? CopyTarget.SourceOf(name) ?? name;

    /// <summary>The source columns that are the key of a source table's target; null if it has none, or several with different keys.</summary>
    public static IReadOnlyList<string>? SourceKeyOf(TableName source)
    {
        var keys = OfSource(source).Select(target => target.SourceKey).ToList();
        return keys.Count > 0 && keys.TrueForAll(key => key.SequenceEqual(keys[0])) ? keys[0] : null;
    }
}
