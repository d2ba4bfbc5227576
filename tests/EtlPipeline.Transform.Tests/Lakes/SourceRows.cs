using System.Text.Json.Nodes;
using EtlPipeline.Testing.Secrets;

namespace EtlPipeline.Transform.Tests.Lakes;

/// <summary>A row of each source table, as Extract writes it, with a column more in most that is in no log; a test replaces values by JSON texts, or removes them with null.</summary>
public static class SourceRows
{
    private const string Stamps = $$""" "note":"{{PlantedSecret.Value}}","created_at":"2022-11-03T14:20:52.186","last_updated":"2022-11-04T09:00:00.5" """;

    public static string Design(int id = 1, string name = "\"Wooden\"") =>
        $$"""{"design_id":{{id}},"created_at":"2022-11-03T14:20:49.962","design_name":{{name}},"file_location":"/usr","file_name":"w.json","last_updated":null}""";

    public static string Address(int id = 1, string city = "\"New Patienceburgh\"") =>
        $$"""{"address_id":{{id}},"address_line_1":"6826 Herzog Via","address_line_2":null,"district":"Avon","city":{{city}},"postal_code":"08841","country":"Turkey","phone":"0447 798320",{{Stamps}}}""";

    public static string Department(int id = 1, string location = "\"Manchester\"") =>
        $$"""{"department_id":{{id}},"department_name":"Sales","location":{{location}},"manager":null,{{Stamps}}}""";

    public static string Staff(int id = 1, int department = 1) =>
        $$"""{"staff_id":{{id}},"first_name":"Jeremie","last_name":"O'Franey","department_id":{{department}},"email_address":"j@terrifictotes.com",{{Stamps}}}""";

    public static string Counterparty(int id = 1, int address = 1) =>
        $$"""{"counterparty_id":{{id}},"counterparty_legal_name":"Fahey & Sons","legal_address_id":{{address}},"commercial_contact":null,"delivery_contact":null,{{Stamps}}}""";

    public static string Currency(int id = 1, string code = "\"GBP\"") => $$"""{"currency_id":{{id}},"currency_code":{{code}},{{Stamps}}}""";

    public static string PaymentType => $$"""{"payment_type_id":4,"payment_type_name":"SALES_RECEIPT",{{Stamps}}}""";

    public static string Transaction => $$"""{"transaction_id":7,"transaction_type":"SALE","sales_order_id":3,"purchase_order_id":null,{{Stamps}}}""";

    public static string SalesOrder(int id = 1, int units = 42972) =>
        $$"""{"sales_order_id":{{id}},{{Stamps}},"design_id":9,"staff_id":16,"counterparty_id":18,"units_sold":{{units}},"unit_price":3.90,"currency_id":2,"agreed_delivery_date":"2022-11-07","agreed_payment_date":"2022-11-08","agreed_delivery_location_id":8}""";

    public static string PurchaseOrder =>
        $$"""{"purchase_order_id":1,{{Stamps}},"staff_id":12,"counterparty_id":11,"item_code":"ZDOI5EA","item_quantity":371,"item_unit_price":361.39,"currency_id":2,"agreed_delivery_date":"2022-11-09","agreed_payment_date":"2022-11-07","agreed_delivery_location_id":6}""";

    public static string Payment =>
        $$"""{"payment_id":2,{{Stamps}},"transaction_id":2,"counterparty_id":15,"payment_amount":99999999.99,"currency_id":2,"payment_type_id":3,"paid":false,"payment_date":"2022-11-04","company_ac_number":67305075,"counterparty_ac_number":31622269}""";

    /// <summary>The row with the value of a column replaced; removed, if the JSON is null.</summary>
    public static string With(string row, string column, string? json)
    {
        var start = row.IndexOf($"\"{column}\":", StringComparison.Ordinal);
        var value = JsonNode.Parse(row)![column]?.ToJsonString() ?? "null";
        value = row.AsSpan(start).Contains($"\"{column}\":{value}", StringComparison.Ordinal) ? value : Raw(row, start + column.Length + 3);
        var replaced = json is null ? "\"other\":0" : $"\"{column}\":{json}";
        return row[..start] + replaced + row[(start + column.Length + 3 + value.Length)..];
    }

    private static string Raw(string row, int start)
    {
        var end = row.IndexOfAny([',', '}'], start);
        return row[start..end];
    }
}
