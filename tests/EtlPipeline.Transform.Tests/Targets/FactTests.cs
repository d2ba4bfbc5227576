using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Targets;

public sealed class FactTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [MemberData(nameof(Facts))]
    public async Task A_fact_has_the_values_of_its_source(string source, string row, string target, string expected)
    {
        await _lake.PutAsync(new IngestedTable(source, Stamps.First) { Changed = [row] });

        await _lake.RingAsync($"{source}/{Stamps.First}.json");

        Assert.Equal([expected], _lake.Rows($"{target}/{Stamps.First}"));
    }

    public static TheoryData<string, string, string, string> Facts => new()
    {
        { "sales_order", SourceRows.SalesOrder(), "fact_sales_order", "1|2022-11-03|14:20:52.186|2022-11-04|09:00:00.5|16|18|42972|3.90|2|9|2022-11-08|2022-11-07|8|false" },
        { "purchase_order", SourceRows.PurchaseOrder, "fact_purchase_order", "1|2022-11-03|14:20:52.186|2022-11-04|09:00:00.5|12|11|ZDOI5EA|371|361.39|2|2022-11-09|2022-11-07|6|false" },
        { "payment", SourceRows.Payment, "fact_payment", "2|2022-11-03|14:20:52.186|2022-11-04|09:00:00.5|2|15|99999999.99|2|3|false|2022-11-04|false" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_fact_has_the_types_of_the_warehouse_and_every_column_is_required(string source, string row, string target, string expected)
    {
        await _lake.PutAsync(new IngestedTable(source, Stamps.First) { Changed = [row] });

        await _lake.RingAsync($"{source}/{Stamps.First}.json");

        var file = _lake.ParquetFile($"{target}/{Stamps.First}");
        Assert.Equal(expected.Split(", "), file.Types());
        Assert.All(file.Repetitions(), column => Assert.EndsWith(" REQUIRED", column, StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string, string> Types => new()
    {
        { "sales_order", SourceRows.SalesOrder(), "fact_sales_order", "sales_order_id INTEGER, created_date DATE, created_time TIME, last_updated_date DATE, last_updated_time TIME, sales_staff_id INTEGER, counterparty_id INTEGER, units_sold INTEGER, unit_price DECIMAL(10,2), currency_id INTEGER, design_id INTEGER, agreed_payment_date DATE, agreed_delivery_date DATE, agreed_delivery_location_id INTEGER, is_deleted BOOLEAN" },
        { "purchase_order", SourceRows.PurchaseOrder, "fact_purchase_order", "purchase_order_id INTEGER, created_date DATE, created_time TIME, last_updated_date DATE, last_updated_time TIME, staff_id INTEGER, counterparty_id INTEGER, item_code VARCHAR, item_quantity INTEGER, item_unit_price DECIMAL(10,2), currency_id INTEGER, agreed_delivery_date DATE, agreed_payment_date DATE, agreed_delivery_location_id INTEGER, is_deleted BOOLEAN" },
        { "payment", SourceRows.Payment, "fact_payment", "payment_id INTEGER, created_date DATE, created_time TIME, last_updated_date DATE, last_updated_time TIME, transaction_id INTEGER, counterparty_id INTEGER, payment_amount DECIMAL(10,2), currency_id INTEGER, payment_type_id INTEGER, paid BOOLEAN, payment_date DATE, is_deleted BOOLEAN" },
    };

    [Theory]
    [InlineData("sales_order", "fact_sales_order")]
    [InlineData("purchase_order", "fact_purchase_order")]
    [InlineData("payment", "fact_payment")]
    public async Task A_fact_whose_last_updated_is_null_uses_created_at(string source, string target)
    {
        var row = source switch { "payment" => SourceRows.Payment, "sales_order" => SourceRows.SalesOrder(), _ => SourceRows.PurchaseOrder };
        await _lake.PutAsync(new IngestedTable(source, Stamps.First) { Changed = [SourceRows.With(row, "last_updated", "null")] });

        await _lake.SweepAsync();

        Assert.Contains("|2022-11-03|14:20:52.186|2022-11-03|14:20:52.186|", _lake.Rows($"{target}/{Stamps.First}").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_row_becomes_a_row_with_is_deleted()
    {
        await _lake.PutAsync(new IngestedTable("sales_order", Stamps.First) { Changed = [SourceRows.SalesOrder(1), SourceRows.SalesOrder(2)] });
        await _lake.PutAsync(new IngestedTable("sales_order", Stamps.Second)
        {
            Changed = [SourceRows.SalesOrder(1, units: 5)],
            Deleted = [SourceRows.SalesOrder(2)],
            Previous = Stamps.First,
        });

        await _lake.SweepAsync();

        Assert.Equal(["2|true", "1|false"], KeysAndStates(Stamps.Second));
        Assert.Equal(2, (await _lake.MetadataAsync($"fact_sales_order/{Stamps.Second}")).Rows);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task A_version_whose_deleted_rows_are_not_there_is_made_from_all_rows_with_an_error_line_that_names_the_key(string? body)
    {
        await _lake.PutAsync(new IngestedTable("sales_order", Stamps.First) { Changed = [SourceRows.SalesOrder(1), SourceRows.SalesOrder(2), SourceRows.SalesOrder(3)] });
        var second = new IngestedTable("sales_order", Stamps.Second)
        {
            Unchanged = [SourceRows.SalesOrder(1)],
            Changed = [SourceRows.SalesOrder(3, units: 1)],
            Deleted = [SourceRows.SalesOrder(2)],
            Previous = Stamps.First,
        };
        await _lake.PutAsync(second);
        _lake.Delete("ingestion", second.Key.DeletedRows);
        if (body is { }) await _lake.PutAsync(second.Key.DeletedRows, body);

        await _lake.SweepAsync();

        Assert.Equal(["1|false", "3|false"], KeysAndStates(Stamps.Second));
        Assert.True((await _lake.MetadataAsync($"fact_sales_order/{Stamps.Second}")).IsComplete);
        Assert.Contains(second.Key.DeletedRows, Assert.Single(_lake.Messages("Error")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_row_that_cannot_be_transformed_is_rejected()
    {
        await _lake.PutAsync(new IngestedTable("payment", Stamps.First)
        {
            Changed = [SourceRows.Payment],
            Deleted = [SourceRows.With(SourceRows.Payment, "payment_date", "\"soon\"")],
        });

        await _lake.SweepAsync();

        Assert.Single(_lake.Rejected($"fact_payment/{Stamps.First}"));
        Assert.False((await _lake.MetadataAsync($"fact_payment/{Stamps.First}")).IsComplete);
    }

    private string[] KeysAndStates(string version) => _lake.ParquetFile($"fact_sales_order/{version}").Select("sales_order_id, is_deleted");
}
