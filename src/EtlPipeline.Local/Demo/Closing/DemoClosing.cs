using EtlPipeline.Local.Terminals;

namespace EtlPipeline.Local.Demo.Closing;

/// <summary>What the demo ends with: what came out, and where to look around.</summary>
internal static class DemoClosing
{
    public static async Task ShowAsync(Terminal terminal, DemoServer server, DemoFolder folder, CancellationToken cancellationToken)
    {
        await using (var session = await DemoSession.OpenAsync(server, DemoServer.Warehouse, cancellationToken))
        {
            LatestSalesTable.Show(terminal, await WarehouseQueries.LatestSalesAsync(session, cancellationToken).ToListAsync(cancellationToken));
            OrderHistoryTable.Show(terminal, await WarehouseQueries.ChangedOrderAsync(session, cancellationToken).ToListAsync(cancellationToken));
        }

        await ShowPlacesAsync(terminal, server, folder, cancellationToken);
    }

    private static async Task ShowPlacesAsync(Terminal terminal, DemoServer server, DemoFolder folder, CancellationToken cancellationToken)
    {
        var (totesys, warehouse) = (server.Database(DemoServer.Totesys), server.Database(DemoServer.Warehouse));
        var passwordFile = await PasswordFile.WriteAsync(warehouse, folder, cancellationToken);
        terminal.WriteHeading("Look around; the server is left running");
        terminal.WriteLine($"  report            {folder.Report}");
        terminal.WriteLine($"  warehouse         {PsqlCommand.Write(warehouse, passwordFile)}");
        terminal.WriteLine($"  OLTP database     {PsqlCommand.Write(totesys, passwordFile)}");
        terminal.WriteLine($"  ingestion bucket  {folder.Ingestion}");
        terminal.WriteLine($"  processed bucket  {folder.Processed}");
        terminal.WriteLine();
        terminal.WriteLine("Call the demo again to live the next day; `status` tells how far each table is, `stop` ends the server, `reset` deletes all.");
    }
}
