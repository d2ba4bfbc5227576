using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Local.Demo.Closing;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Report;

namespace EtlPipeline.Local.Demo;

/// <summary>
/// One call of the demo: a business day in the life of a company, and the pipeline behind it. Wherever an earlier call was killed, this one
/// goes on from what is really there.
/// </summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="folder">Where it lies.</param>
/// <param name="round">Runs the pipeline.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class DemoRun(Terminal terminal, DemoFolder folder, PipelineRound round, TimeProvider clock)
{
    /// <summary>Lives the next day.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        terminal.WriteLine("An OLTP database, a data lake and a warehouse on this machine, and what the pipeline makes of a business day.");
        var server = await terminal.WaitForAsync(
            "Starting a private PostgreSQL", () => DemoServer.StartAsync(folder, cancellationToken));
        var company = new DemoCompany(server);
        var settings = DemoSettings.Of(server, folder);

        await BeginAsync(company, settings, cancellationToken);
        await LiveDayAsync(company, settings, cancellationToken);

        await using (var warehouse = server.Open(DemoServer.Warehouse))
            await new WarehouseReport(warehouse, clock).WriteAsync(folder.Report, cancellationToken);
        await DemoClosing.ShowAsync(terminal, server, folder, cancellationToken);
        var elapsed = clock.GetElapsedTime(startedAt).TotalSeconds;
        terminal.WriteNote(string.Create(CultureInfo.InvariantCulture, $"That took {elapsed:0.0} seconds."));
    }

    /// <summary>The first load, or what a killed call left undone.</summary>
    private async Task BeginAsync(DemoCompany company, PipelineSettings settings, CancellationToken cancellationToken)
    {
        if (!await company.ExistsAsync(cancellationToken))
            await terminal.WaitForAsync("Filling totesys with two years of orders", () => company.FoundAsync(cancellationToken));
        var day = await company.ReadDayAsync(cancellationToken);
        if (day.IsLoaded) return;
        terminal.WriteHeading($"{Name(day.Moment)}: the pipeline catches up with everything there is");
        await RunRoundAsync(settings, cancellationToken);
        await company.MarkLoadedAsync(cancellationToken);
    }

    private async Task LiveDayAsync(DemoCompany company, PipelineSettings settings, CancellationToken cancellationToken)
    {
        var noon = await terminal.WaitForAsync("Living through a morning", () => company.LiveMorningAsync(cancellationToken));
        await using var afternoon = await company.BeginAfternoonAsync(noon, cancellationToken);
        terminal.WriteHeading($"{Name(noon)}: new orders, payments, silent updates, a delete; and a transaction is open");
        await RunRoundAsync(settings, cancellationToken);

        await afternoon.CommitAsync(cancellationToken);
        terminal.WriteHeading($"{Name(afternoon.Evening)}: the transaction that was open at noon has committed");
        await RunRoundAsync(settings, cancellationToken);
        await company.MarkLoadedAsync(cancellationToken);
    }

    private Task RunRoundAsync(PipelineSettings settings, CancellationToken cancellationToken) =>
        round.RunAsync(settings, ExtractRequest.Scheduled, isSweep: true, cancellationToken);

    private static string Name(DateTimeOffset moment) => moment.ToString("dddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
