using EtlPipeline.Core.PostgreSql;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using Npgsql;

namespace EtlPipeline.Local.Demo;

/// <summary>The company whose life the demo simulates, in its database.</summary>
/// <param name="server">The server of the database.</param>
internal sealed class DemoCompany(DemoServer server)
{
    private const string Unfinished = "totesys_unfinished";

    private static readonly SampleHistory History = new(new SampleOptions { SilentUpdateInterval = TimeSpan.FromMinutes(30) });

    /// <summary>Whether the company exists yet.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var session = await DemoSession.OpenAsync(server, "postgres", cancellationToken);
        return await session.FindAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", cancellationToken, DemoServer.Totesys);
    }

    /// <summary>Makes the two databases and fills the company's with its past. That one gets its name last, when it is complete.</summary>
    public async Task FoundAsync(CancellationToken cancellationToken)
    {
        await using var session = await DemoSession.OpenAsync(server, "postgres", cancellationToken);
        await session.ExecuteAsync($"DROP DATABASE IF EXISTS {DemoServer.Warehouse} WITH (FORCE)", cancellationToken);
        await session.ExecuteAsync($"DROP DATABASE IF EXISTS {Unfinished} WITH (FORCE)", cancellationToken);
        await session.ExecuteAsync($"CREATE DATABASE {DemoServer.Warehouse}", cancellationToken);
        await session.ExecuteAsync($"CREATE DATABASE {Unfinished}", cancellationToken);
        await FillAsync(cancellationToken);
        await session.ExecuteAsync($"ALTER DATABASE {Unfinished} RENAME TO {DemoServer.Totesys}", cancellationToken);
    }

    /// <summary>The point that the company's life has reached.</summary>
    public async Task<DemoDay> ReadDayAsync(CancellationToken cancellationToken)
    {
        await using var session = await DemoSession.OpenAsync(server, DemoServer.Totesys, cancellationToken);
        var moment = await session.FindAsync<DateTime>("SELECT moment FROM demo.day", cancellationToken);
        return new DemoDay(moment, await session.FindAsync<bool>("SELECT is_loaded FROM demo.day", cancellationToken));
    }

    /// <summary>Notes that the warehouse is up to date with it.</summary>
    public async Task MarkLoadedAsync(CancellationToken cancellationToken)
    {
        await using var session = await DemoSession.OpenAsync(server, DemoServer.Totesys, cancellationToken);
        await session.ExecuteAsync("UPDATE demo.day SET is_loaded = true", cancellationToken);
    }

    /// <summary>Lives from the evening to noon of the next business day, and deletes an order. Does nothing if it is noon already.</summary>
    /// <returns>That noon.</returns>
    public async Task<DateTimeOffset> LiveMorningAsync(CancellationToken cancellationToken)
    {
        var (evening, _) = await ReadDayAsync(cancellationToken);
        if (BusinessTime.IsNoon(evening)) return evening;
        var noon = BusinessTime.NextNoon(evening);
        await using var session = await DemoSession.OpenAsync(server, DemoServer.Totesys, cancellationToken);
        await using var transaction = await BeginAsync(session, evening, noon, cancellationToken);
        var order = await session.FindAsync<int>(Script("newest_order.sql"), cancellationToken, evening.UtcDateTime.Date);
        await TotesysIncidents.DeleteSalesOrderAsync(session.Connection, order, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return noon;
    }

    /// <summary>Lives from noon to the evening in one transaction, which stays open.</summary>
    public async Task<OpenAfternoon> BeginAfternoonAsync(DateTimeOffset noon, CancellationToken cancellationToken)
    {
        var evening = BusinessTime.EveningOf(noon);
        var session = await DemoSession.OpenAsync(server, DemoServer.Totesys, cancellationToken);
        return new OpenAfternoon(session, await BeginAsync(session, noon, evening, cancellationToken), evening);
    }

    private static string Script(string name) => SqlScript.Read(typeof(DemoCompany).Assembly, name).Text;

    private static async Task<NpgsqlTransaction> BeginAsync(
        DemoSession session, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var transaction = await TotesysDatabase.BeginLateTransactionAsync(session.Connection, History, from, to, cancellationToken);
        await session.ExecuteAsync("UPDATE demo.day SET moment = $1, is_loaded = false", cancellationToken, to.UtcDateTime);
        return transaction;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        await using var session = await DemoSession.OpenAsync(server, Unfinished, cancellationToken);
        await TotesysSchema.CreateAsync(session.Connection, cancellationToken);
        await TotesysDatabase.FillAsync(session.Connection, History, BusinessTime.FirstEvening, cancellationToken);
        await session.ExecuteAsync(Script("create_demo.sql"), cancellationToken);
        await session.ExecuteAsync("INSERT INTO demo.day VALUES ($1, false)", cancellationToken, BusinessTime.FirstEvening.UtcDateTime);
        await session.ExecuteAsync("VACUUM ANALYZE", cancellationToken);
    }
}

/// <summary>The point that the company's life has reached.</summary>
/// <param name="Moment">The simulated moment, in UTC: an evening, or a noon if a call was killed.</param>
/// <param name="IsLoaded">Whether the warehouse is up to date with it.</param>
internal sealed record DemoDay(DateTimeOffset Moment, bool IsLoaded);

/// <summary>The moments of a simulated company's life at which the demo stops to look. All are UTC.</summary>
internal static class BusinessTime
{
    private static readonly TimeSpan Noon = new(12, 30, 0);
    private static readonly TimeSpan ClosingTime = new(19, 0, 0);

    /// <summary>The evening on which every demo begins: by then as much has happened as in the real database at the end of 2024.</summary>
    public static DateTimeOffset FirstEvening { get; } = EveningOf(new DateTimeOffset(2024, 12, 30, 0, 0, 0, TimeSpan.Zero));

    public static bool IsNoon(DateTimeOffset moment) => moment.UtcDateTime.TimeOfDay == Noon;

    /// <summary>Noon of the next business day.</summary>
    public static DateTimeOffset NextNoon(DateTimeOffset evening)
    {
        var day = DayOf(evening).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        return day + Noon;
    }

    /// <summary>The evening of the same day.</summary>
    public static DateTimeOffset EveningOf(DateTimeOffset moment) => DayOf(moment) + ClosingTime;

    private static DateTimeOffset DayOf(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}

/// <summary>An afternoon of the company in an open transaction: nobody else sees it, and without a commit it never happened.</summary>
internal sealed class OpenAfternoon(DemoSession session, NpgsqlTransaction transaction, DateTimeOffset evening) : IAsyncDisposable
{
    /// <summary>When it ends.</summary>
    public DateTimeOffset Evening => evening;

    public Task CommitAsync(CancellationToken cancellationToken) => transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await session.DisposeAsync();
    }
}
