namespace EtlPipeline.Targets.Tests.Tables;

public sealed class FactTests
{
    private const string SalesOrder = """{"sales_order_id":2,"created_at":"2022-11-03T14:20:52.186","last_updated":"2022-11-04T09:00:00","design_id":3,"staff_id":19,"counterparty_id":8,"units_sold":42972,"unit_price":3.94,"currency_id":2,"agreed_delivery_date":"2022-11-07","agreed_payment_date":"2022-11-08","agreed_delivery_location_id":8}""";
    private const string PurchaseOrder = """{"purchase_order_id":1,"created_at":"2022-11-03T14:20:52.187","last_updated":"2022-11-04T09:00:00","staff_id":12,"counterparty_id":11,"item_code":"ZDOI5EA","item_quantity":371,"item_unit_price":361.39,"currency_id":2,"agreed_delivery_date":"2022-11-09","agreed_payment_date":"2022-11-07","agreed_delivery_location_id":6}""";
    private const string Payment = """{"payment_id":2,"created_at":"2022-11-03T14:20:52.187","last_updated":"2022-11-04T09:00:00","transaction_id":2,"counterparty_id":15,"payment_amount":552548.62,"currency_id":2,"payment_type_id":3,"paid":false,"payment_date":"2022-11-04","company_ac_number":67305075,"counterparty_ac_number":31622269}""";

    [Fact]
    public void Fact_sales_order_splits_the_timestamps() => Assert.Equal(
        "2|2022-11-03|14:20:52.186|2022-11-04|09:00:00|19|8|42972|3.94|2|3|2022-11-08|2022-11-07|8",
        Source.Map(Source.Target("fact_sales_order"), SalesOrder));

    [Fact]
    public void Fact_purchase_order_splits_the_timestamps() => Assert.Equal(
        "1|2022-11-03|14:20:52.187|2022-11-04|09:00:00|12|11|ZDOI5EA|371|361.39|2|2022-11-09|2022-11-07|6",
        Source.Map(Source.Target("fact_purchase_order"), PurchaseOrder));

    [Fact]
    public void Fact_payment_leaves_the_account_numbers_out() => Assert.Equal(
        "2|2022-11-03|14:20:52.187|2022-11-04|09:00:00|2|15|552548.62|2|3|false|2022-11-04",
        Source.Map(Source.Target("fact_payment"), Payment));

    [Theory]
    [InlineData("fact_sales_order", SalesOrder)]
    [InlineData("fact_purchase_order", PurchaseOrder)]
    [InlineData("fact_payment", Payment)]
    public void A_fact_whose_last_updated_is_null_uses_created_at(string target, string row)
    {
        var mapped = Source.Map(Source.Target(target), row.Replace("\"last_updated\":\"2022-11-04T09:00:00\"", "\"last_updated\":null", StringComparison.Ordinal)).Split('|');

        Assert.Equal(mapped[1..3], mapped[3..5]);
    }

    [Fact]
    public void Columns_in_another_order_and_columns_more_make_no_difference()
    {
        var target = Source.Target("fact_sales_order");
        var rows = target.CreateRows();
        var reversed = "{" + string.Join(',', SalesOrder.Trim('{', '}').Split(',').Reverse()) + ",\"more\":[1]}";
        foreach (var json in new[] { SalesOrder, reversed, SalesOrder }) Assert.Null(rows.Add(Source.Row(json)));

        Assert.All(rows.Columns, column => Assert.Single(new[] { column.Print(0), column.Print(1), column.Print(2) }.Distinct()));
    }
}
