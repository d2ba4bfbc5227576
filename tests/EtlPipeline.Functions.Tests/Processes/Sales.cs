using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Functions.Tests.Processes;

/// <summary>A small business, as SQL.</summary>
internal static class Sales
{
    public const string Open = $"""
        INSERT INTO department VALUES (1, 'Sales', 'Leeds', 'Kim', now(), now());
        INSERT INTO staff VALUES (1, 'Ann', 'Lee', 1, '{PlantedSecret.Value}', now(), now());
        INSERT INTO address VALUES (1, '1 High St', NULL, NULL, 'Leeds', 'LS1', 'UK', '1', now(), now());
        INSERT INTO counterparty VALUES (1, 'Acme', 1, NULL, NULL, now(), now());
        INSERT INTO currency VALUES (1, 'GBP', now(), now());
        INSERT INTO design VALUES (1, now(), 'Desk', '/d', 'desk.json', now());
        INSERT INTO payment_type VALUES (1, 'SALES_RECEIPT', now(), now());
        """;

    public static string Sell(int firstOrder, int lastOrder) => $"""
        INSERT INTO sales_order
        SELECT number, now(), now(), 1, 1, 1, number, 3.10, 1, '2024-01-02', '2024-01-03', 1 FROM generate_series({firstOrder}, {lastOrder}) AS number
        """;
}
