using System.Globalization;

namespace EtlPipeline.Targets.Tests.Tables;

public sealed class DimensionTests
{
    [Fact]
    public void Dim_counterparty_carries_its_legal_address()
    {
        var target = Source.Target("dim_counterparty");
        var address = Source.LookUp(target.LookUps[0], """{"address_id":15,"address_line_1":"605 Haskell Trafficway","address_line_2":null,"district":"Axel Freeway","city":"East Bobbie","postal_code":"08841","country":"Heard Island","phone":"0447 798320"}""");

        Assert.Equal(
            "1|Fahey and Sons|605 Haskell Trafficway|NULL|Axel Freeway|East Bobbie|08841|Heard Island|0447 798320",
            Source.Map(target, """{"counterparty_id":1,"counterparty_legal_name":"Fahey and Sons","legal_address_id":15}""", address));
    }

    [Theory]
    [InlineData("\"GBP\"", "2|GBP|Pound Sterling")]
    [InlineData("\"gbp\"", "column 'currency_code': no code of ISO 4217")]
    [InlineData("\"GBX\"", "column 'currency_code': no code of ISO 4217")]
    [InlineData("\"\"", "column 'currency_code': no code of ISO 4217")]
    public void Dim_currency_has_the_names_of_ISO_4217(string code, string expected) =>
        Assert.Equal(expected, Source.Map(Source.Target("dim_currency"), $$"""{"currency_id":2,"currency_code":{{code}}}"""));

    [Fact]
    public void Dim_design_has_the_file_of_each_design() => Assert.Equal(
        "8|Wooden|/usr|wooden-20220717-npgz.json",
        Source.Map(Source.Target("dim_design"), """{"design_id":8,"design_name":"Wooden","file_location":"/usr","file_name":"wooden-20220717-npgz.json"}"""));

    [Fact]
    public void Dim_location_has_the_addresses() => Assert.Equal(
        "1|6826 Herzog Via|NULL|Avon|New Patienceburgh|28441|Turkey|1803 637401",
        Source.Map(Source.Target("dim_location"), """{"address_id":1,"address_line_1":"6826 Herzog Via","address_line_2":null,"district":"Avon","city":"New Patienceburgh","postal_code":"28441","country":"Turkey","phone":"1803 637401"}"""));

    [Fact]
    public void Dim_payment_type_has_the_enum_s_text() =>
        Assert.Equal("1|SALES_RECEIPT", Source.Map(Source.Target("dim_payment_type"), """{"payment_type_id":1,"payment_type_name":"SALES_RECEIPT"}"""));

    [Theory]
    [InlineData("\"Leeds\"", "Leeds")]
    [InlineData("null", "unknown")]
    public void Dim_staff_carries_the_department_and_says_unknown_if_its_place_is(string location, string expected)
    {
        var target = Source.Target("dim_staff");
        var department = Source.LookUp(target.LookUps[0], $$"""{"department_id":2,"department_name":"Purchasing","location":{{location}}}""");

        Assert.Equal(
            $"1|Jeremie|O'Franey|Purchasing|{expected}|j@terrifictotes.com",
            Source.Map(target, """{"staff_id":1,"first_name":"Jeremie","last_name":"O'Franey","department_id":2,"email_address":"j@terrifictotes.com"}""", department));
    }

    [Fact]
    public void Dim_transaction_leaves_the_order_that_it_is_not_for_empty() => Assert.Equal(
        "1|PURCHASE|NULL|2",
        Source.Map(Source.Target("dim_transaction"), """{"transaction_id":1,"transaction_type":"PURCHASE","sales_order_id":null,"purchase_order_id":2}"""));

    [Fact]
    public void Dim_date_has_every_day_of_seven_years()
    {
        var days = Enumerable.Range(0, 2557).Select(new DateOnly(2024, 1, 1).AddDays).ToList();

        var rows = TargetCatalogue.CalendarRows(days);

        var expected = days.Select(day => FormattableString.Invariant(
            $"{day:yyyy-MM-dd}|{day.Year}|{day.Month}|{day.Day}|{((int)day.DayOfWeek + 6) % 7 + 1}|{day:dddd}|{day:MMMM}|{(day.Month - 1) / 3 + 1}|{day:yyyy-MM}|{ISOWeek.GetWeekOfYear(day.ToDateTime(default))}|{(day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "true" : "false")}"));
        Assert.Equal(expected, Enumerable.Range(0, rows.Count).Select(row => string.Join('|', rows.Columns.Select(column => column.Print(row)))));
        Assert.Equal("2030-12-31|2030|12|31|2|Tuesday|December|4|2030-12|1|false", string.Join('|', rows.Columns.Select(column => column.Print(2556))));
    }
}
