using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Resources;

namespace EtlPipeline.Reconciliation;

/// <summary>
/// A table of the warehouse that can be compared with the source. What it has to hold is said by SQL over the source's tables, in a file
/// of the target's name, which shares nothing with the way that the pipeline goes.
/// </summary>
internal sealed record ComparedTarget
{
    private ComparedTarget(string source, string target, string current)
    {
        Source = TableName.Parse(source);
        Target = TableName.Parse(target);
        Current = current;
    }

    /// <summary>All of them, dimensions first.</summary>
    public static IReadOnlyList<ComparedTarget> All { get; } =
    [
        Dimension("counterparty", "dim_counterparty"),
        Dimension("currency", "dim_currency"),
        Dimension("design", "dim_design"),
        Dimension("address", "dim_location"),
        Dimension("payment_type", "dim_payment_type"),
        Dimension("staff", "dim_staff"),
        Dimension("transaction", "dim_transaction"),
        Fact("payment", "payment_current"),
        Fact("purchase_order", "purchase_order_current"),
        Fact("sales_order", "sales_order_current"),
    ];

    /// <summary>The source table.</summary>
    public TableName Source { get; }

    /// <summary>The warehouse table.</summary>
    public TableName Target { get; }

    /// <summary>The relation of the warehouse that has its current state: the table itself, or a fact's view of the newest records.</summary>
    public string Current { get; }

    /// <summary>Whether a row that is gone from the source has to be gone here too; a dimension keeps it, because facts refer to it.</summary>
    public bool IsFact { get; private init; }

    /// <summary>The query of the rows that the target has to hold, in key order.</summary>
    public string ReadExpectedSql() => EmbeddedText.Read(typeof(Reconciler).Assembly, $"{Target}.sql");

    private static ComparedTarget Dimension(string source, string target) => new(source, target, target);

    private static ComparedTarget Fact(string source, string view) => new(source, $"fact_{source}", view) { IsFact = true };
}
