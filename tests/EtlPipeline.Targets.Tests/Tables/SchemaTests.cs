using EtlPipeline.Core.Lake;

namespace EtlPipeline.Targets.Tests.Tables;

/// <summary>The eleven tables are the original's, column by column: its warehouse's schema, copied here.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, string> References = new()
    {
        ["created_date"] = "dim_date",
        ["last_updated_date"] = "dim_date",
        ["agreed_payment_date"] = "dim_date",
        ["agreed_delivery_date"] = "dim_date",
        ["payment_date"] = "dim_date",
        ["sales_staff_id"] = "dim_staff",
        ["staff_id"] = "dim_staff",
        ["counterparty_id"] = "dim_counterparty",
        ["currency_id"] = "dim_currency",
        ["design_id"] = "dim_design",
        ["agreed_delivery_location_id"] = "dim_location",
        ["transaction_id"] = "dim_transaction",
        ["payment_type_id"] = "dim_payment_type",
    };

    public static TheoryData<string, string, string> Tables => new()
    {
        { "dim_staff", "staff_id", "staff_id integer, first_name varchar, last_name varchar, department_name varchar, location varchar, email_address varchar" },
        { "dim_location", "location_id", "location_id integer, address_line_1 varchar, address_line_2 varchar?, district varchar?, city varchar, postal_code varchar, country varchar, phone varchar" },
        { "dim_currency", "currency_id", "currency_id integer, currency_code varchar, currency_name varchar" },
        { "dim_design", "design_id", "design_id integer, design_name varchar, file_location varchar, file_name varchar" },
        { "dim_counterparty", "counterparty_id", "counterparty_id integer, counterparty_legal_name varchar, counterparty_legal_address_line_1 varchar, counterparty_legal_address_line_2 varchar?, counterparty_legal_district varchar?, counterparty_legal_city varchar, counterparty_legal_postal_code varchar, counterparty_legal_country varchar, counterparty_legal_phone_number varchar" },
        { "dim_payment_type", "payment_type_id", "payment_type_id integer, payment_type_name varchar" },
        { "dim_transaction", "transaction_id", "transaction_id integer, transaction_type varchar, sales_order_id integer?, purchase_order_id integer?" },
        { "fact_sales_order", "sales_record_id", "sales_order_id integer, created_date date, created_time time, last_updated_date date, last_updated_time time, sales_staff_id integer, counterparty_id integer, units_sold integer, unit_price numeric(10,2), currency_id integer, design_id integer, agreed_payment_date date, agreed_delivery_date date, agreed_delivery_location_id integer" },
        { "fact_purchase_order", "purchase_record_id", "purchase_order_id integer, created_date date, created_time time, last_updated_date date, last_updated_time time, staff_id integer, counterparty_id integer, item_code varchar, item_quantity integer, item_unit_price numeric(10,2), currency_id integer, agreed_delivery_date date, agreed_payment_date date, agreed_delivery_location_id integer" },
        { "fact_payment", "payment_record_id", "payment_id integer, created_date date, created_time time, last_updated_date date, last_updated_time time, transaction_id integer, counterparty_id integer, payment_amount numeric(10,2), currency_id integer, payment_type_id integer, paid boolean, payment_date date" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_target_has_the_columns_types_and_references_of_the_original(string name, string key, string columns)
    {
        var target = Source.Target(name).Description;
        var isFact = name.StartsWith("fact_", StringComparison.Ordinal);

        Assert.Equal(columns.Split(", "), target.Columns.Select(Describe));
        Assert.Equal((isFact ? TargetKind.Fact : TargetKind.Dimension, isFact ? key : null), (target.Kind, target.RecordId));
        Assert.Equal([target.Columns[0].Name], target.Key);
        if (!isFact) Assert.Equal([key], target.Key);
        Assert.Equal(target.Columns.Select(column => isFact ? References.GetValueOrDefault(column.Name) : null), target.Columns.Select(column => column.References?.Value));
    }

    [Fact]
    public void The_calendar_has_the_original_s_columns_and_then_ours() => Assert.Equal(
        ["date_id date", "year integer", "month integer", "day integer", "day_of_week integer", "day_name varchar", "month_name varchar", "quarter integer", "year_month varchar", "iso_week integer", "is_weekend boolean"],
        TargetCatalogue.Calendar.Columns.Select(Describe));

    [Fact]
    public void Every_table_and_every_column_has_a_comment()
    {
        foreach (var table in TargetCatalogue.All.Select(target => target.Description).Append(TargetCatalogue.Calendar))
        {
            Assert.False(string.IsNullOrEmpty(table.Comment));
            Assert.All(table.Columns, column => Assert.EndsWith(".", column.Comment, StringComparison.Ordinal));
        }

        Assert.Contains("Monday is 1", TargetCatalogue.Calendar.Columns.Single(column => column.Name == "day_of_week").Comment, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fact_sales_order", "units_sold * unit_price")]
    [InlineData("fact_purchase_order", "item_quantity * item_unit_price")]
    [InlineData("fact_payment", "payment_amount")]
    public void Every_fact_computes_its_amount(string name, string expression)
    {
        var amount = Assert.Single(Source.Target(name).Description.Computed);

        Assert.Equal(("amount", expression), (amount.Name, amount.Expression));
    }

    [Fact]
    public void Every_target_has_a_hash_of_its_own_file()
    {
        var hashes = TargetCatalogue.All.Select(target => target.Description.Mapping).Append(TargetCatalogue.Calendar.Mapping).ToList();

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    [Fact]
    public void A_description_survives_its_JSON() => Assert.All(
        TargetCatalogue.All,
        target => Assert.Equal(target.Description.ToJson().ToArray(), TargetDescription.Parse(target.Description.ToJson().Span).ToJson().ToArray()));

    [Fact]
    public void The_look_ups_are_those_of_the_original()
    {
        Assert.Equal(["department"], TargetCatalogue.LookUpsOf(TableName.Parse("staff")).Select(table => table.Value));
        Assert.Equal(["address"], TargetCatalogue.LookUpsOf(TableName.Parse("counterparty")).Select(table => table.Value));
        Assert.Empty(TargetCatalogue.LookUpsOf(TableName.Parse("address")));
        Assert.True(TargetCatalogue.IsLookUp(TableName.Parse("department")));
        Assert.False(TargetCatalogue.IsLookUp(TableName.Parse("staff")));
    }

    private static string Describe(TargetColumn column)
    {
        var type = column.Type.Name.Replace("character varying", "varchar", StringComparison.Ordinal).Replace(" without time zone", string.Empty, StringComparison.Ordinal);
        return $"{column.Name} {type}{(column.IsRequired ? string.Empty : "?")}";
    }
}
