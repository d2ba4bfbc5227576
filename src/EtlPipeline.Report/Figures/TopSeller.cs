using Npgsql;

namespace EtlPipeline.Report.Figures;

/// <summary>What one of the first ten sold, or what was sold of it or to it, in one currency.</summary>
/// <param name="Member">The key in the dimension; names need not be unique.</param>
/// <param name="Name">The name.</param>
/// <param name="Currency">The currency's code.</param>
/// <param name="Orders">How many orders.</param>
/// <param name="Units">How many units.</param>
/// <param name="Amount">Units times price, in the currency.</param>
internal sealed record TopSeller(int Member, string Name, string Currency, long Orders, long Units, decimal Amount)
{
    public static FigureQuery<TopSeller> Designs { get; } = new("top_designs.sql", Read);

    public static FigureQuery<TopSeller> Staff { get; } = new("top_staff.sql", Read);

    public static FigureQuery<TopSeller> Counterparties { get; } = new("top_counterparties.sql", Read);

    private static TopSeller Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetDecimal(5));
}
