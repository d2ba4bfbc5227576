using System.Globalization;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.CommandLine;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Local.Terminals;
using EtlPipeline.Report;

namespace EtlPipeline.Local.Demo;

/// <summary>
/// One call of the demo: a business day in the life of a company, and the pipeline behind it. Wherever an earlier call was stopped, this one
/// continues from what is really there.
/// </summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="folder">The demo's folder.</param>
/// <param name="run">Runs the pipeline.</param>
/// <param name="hint">Makes a command line of this program that can be pasted.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class DemoRun(Terminal terminal, DemoFolder folder, ShownRun run, Func<string, string> hint, TimeProvider clock)
{
    /// <summary>Lives the next day.</summary>
    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        terminal.WriteNote("An OLTP database, a data lake and a warehouse on this machine, and what the pipeline makes of a business day.", "default");
        var server = await terminal.WaitForAsync("Starting a private PostgreSQL", () => DemoServer.StartAsync(folder, cancellationToken));
        var company = new DemoCompany(server);
        var settings = DemoSettings.Of(server, folder);
        terminal.WriteNote(settings.Places);

        await BeginAsync(company, settings, cancellationToken);
        var rejected = await LiveDayAsync(company, settings, cancellationToken);

        await WriteReportAsync(server, cancellationToken);
        await new DemoClosing(terminal, server, folder, hint).ShowAsync(cancellationToken);
        var elapsed = clock.GetElapsedTime(startedAt).TotalSeconds;
        terminal.WriteNote(string.Create(CultureInfo.InvariantCulture, $"That took {elapsed:0.0} seconds."));
        return rejected > 0 ? ExitCode.Rejected : ExitCode.Success;
    }

    /// <summary>The first load, or what a stopped call left undone.</summary>
    private async Task BeginAsync(DemoCompany company, PipelineSettings settings, CancellationToken cancellationToken)
    {
        if (!await company.ExistsAsync(cancellationToken))
            await terminal.WaitForAsync("Filling totesys with two years of orders", () => company.FoundAsync(cancellationToken));
        var day = await company.ReadDayAsync(cancellationToken);
        if (day.IsLoaded) return;
        terminal.WriteHeading($"{Name(day.Moment)}: the pipeline catches up with everything there is");
        await RunPipelineAsync(settings, cancellationToken);
        await company.MarkLoadedAsync(cancellationToken);
    }

    private async Task<long> LiveDayAsync(DemoCompany company, PipelineSettings settings, CancellationToken cancellationToken)
    {
        var noon = await terminal.WaitForAsync("Living through a morning", () => company.LiveMorningAsync(cancellationToken));
        await using var afternoon = await company.BeginAfternoonAsync(noon, cancellationToken);
        terminal.WriteHeading($"{Name(noon)}: new orders, payments, silent updates, a delete; and a transaction is open");
        await RunPipelineAsync(settings, cancellationToken);

        await afternoon.CommitAsync(cancellationToken);
        terminal.WriteHeading($"{Name(afternoon.Evening)}: the transaction that was open at noon has committed");
        var rejected = await RunPipelineAsync(settings, cancellationToken);
        await company.MarkLoadedAsync(cancellationToken);
        return rejected;
    }

    /// <summary>Writes the page about the warehouse. A page that can't be written doesn't end the demo.</summary>
    private async Task WriteReportAsync(DemoServer server, CancellationToken cancellationToken)
    {
        try
        {
            await using var warehouse = server.Open(DemoServer.Warehouse);
            await new WarehouseReport(warehouse, clock).WriteAsync(folder.Report, cancellationToken);
        }
        catch (Exception exception) when (exception is DatabaseException or PipelineException)
        {
            await terminal.Error.WriteLineAsync($"warning: the report could not be made: {exception.Message}");
        }
    }

    private async Task<long> RunPipelineAsync(PipelineSettings settings, CancellationToken cancellationToken) =>
        (await run.RunAsync(settings, new RunOrder(), title: null, cancellationToken)).Sum(group => group.Count);

    private static string Name(DateTimeOffset moment) => moment.ToString("dddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
