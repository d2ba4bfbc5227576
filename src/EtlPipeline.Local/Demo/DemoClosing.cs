using System.Globalization;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Demo;

/// <summary>The end of the demo's output: the results, and where to look around.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="server">The demo's server.</param>
/// <param name="folder">The demo's folder.</param>
/// <param name="hint">Makes a command line of this program that can be pasted.</param>
internal sealed class DemoClosing(Terminal terminal, DemoServer server, DemoFolder folder, Func<string, string> hint)
{
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        await using (var session = await DemoSession.OpenAsync(server, DemoServer.Warehouse, cancellationToken))
        {
            await ShowSalesAsync(session, cancellationToken);
            await ShowHistoryAsync(session, cancellationToken);
        }

        await ShowPlacesAsync(cancellationToken);
    }

    private async Task ShowSalesAsync(DemoSession session, CancellationToken cancellationToken)
    {
        terminal.WriteHeading("The newest sales in the warehouse");
        var table = new TextTable(
            Column.Number("order"), "day", Column.Sentence("staff"), Column.Sentence("counterparty"), Column.Sentence("design"), Column.Number("units"), Column.Number("price"), "delivery");
        foreach (var sale in await ReadAsync(session, "latest_sales.sql", 9, cancellationToken))
            table.Add(sale[0], sale[1], sale[2], sale[3], sale[4], sale[5], $"{sale[6]} {sale[7]}", sale[8]);
        table.Write(terminal);
    }

    private async Task ShowHistoryAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var records = await ReadAsync(session, "changed_order.sql", 9, cancellationToken);
        if (records.Count == 0) return;
        terminal.WriteHeading($"The history of sales order {records[0][0]}");
        var table = new TextTable(
            "valid from", "valid to", "what happened", Column.Sentence("changed"), "last_updated in the source", Column.Sentence("staff"), Column.Sentence("design"), Column.Sentence("delivery"));
        foreach (var record in records)
            table.Add(record[1], record[2], new Cell(record[3]!, StyleOf(record[3]!)), record[4], record[5], record[6], record[7], record[8]);
        table.Write(terminal);
        if (records.Any(record => record[3] == "silent update"))
            terminal.WriteNote("A silent update left last_updated as it was. A pipeline that trusts that column never sees it.");
    }

    private async Task ShowPlacesAsync(CancellationToken cancellationToken)
    {
        var (totesys, warehouse) = (server.Database(DemoServer.Totesys), server.Database(DemoServer.Warehouse));
        var passwordFile = await PasswordFile.WriteAsync(warehouse, folder, cancellationToken);
        terminal.WriteHeading("Look around; the server is left running");
        Place("report", folder.Report);
        Place("warehouse", PsqlCommand.Write(warehouse, passwordFile));
        Place("OLTP database", PsqlCommand.Write(totesys, passwordFile));
        Place("ingestion bucket", folder.Ingestion);
        Place("processed bucket", folder.Processed);
        Place("how far it is", hint("status"));
        Place("ask it", hint("query \"SELECT * FROM sales_order_current LIMIT 5\""));
        Place("compare", hint("reconcile"));
        Place("live the next day", hint(string.Empty));
        Place("stop the server", hint("stop"));
        Place("delete all", hint("reset"));
    }

    private void Place(string name, string text) => terminal.WriteLine($"  {name,-17}  {text}");

    private static string StyleOf(string kind) => kind switch
    {
        "silent update" => "bold yellow",
        "deleted" => "magenta",
        _ => "default",
    };

    private static async Task<IReadOnlyList<string?[]>> ReadAsync(DemoSession session, string script, int columns, CancellationToken cancellationToken) =>
        await session.Connection.QueryAsync(
            SqlScript.Read(typeof(DemoClosing).Assembly, script).Text,
            [],
            row => Enumerable.Range(0, columns).Select(i => row.IsDBNull(i) ? null : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture)).ToArray(),
            cancellationToken);
}
