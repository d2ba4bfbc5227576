using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Targets;

public sealed class DimensionTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [MemberData(nameof(Dimensions))]
    public async Task A_dimension_has_the_values_of_its_source(string source, string row, string target, string expected)
    {
        await PutLookUpsAsync();
        await _lake.PutAsync(new IngestedTable(source, Stamps.Second) { Changed = [row] });

        await _lake.RingAsync($"{source}/{Stamps.Second}.json");

        Assert.Equal([expected], _lake.Rows($"{target}/{Stamps.Second}"));
    }

    public static TheoryData<string, string, string, string> Dimensions => new()
    {
        { "staff", SourceRows.Staff(), "dim_staff", "1|Jeremie|O'Franey|Sales|Manchester|j@terrifictotes.com" },
        { "counterparty", SourceRows.Counterparty(), "dim_counterparty", "1|Fahey & Sons|6826 Herzog Via|NULL|Avon|New Patienceburgh|08841|Turkey|0447 798320" },
        { "address", SourceRows.Address(), "dim_location", "1|6826 Herzog Via|NULL|Avon|New Patienceburgh|08841|Turkey|0447 798320" },
        { "currency", SourceRows.Currency(), "dim_currency", "1|GBP|Pound Sterling" },
        { "design", SourceRows.Design(), "dim_design", "1|Wooden|/usr|w.json" },
        { "payment_type", SourceRows.PaymentType, "dim_payment_type", "4|SALES_RECEIPT" },
        { "transaction", SourceRows.Transaction, "dim_transaction", "7|SALE|3|NULL" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_dimension_has_the_types_of_the_warehouse(string source, string row, string target, string expected)
    {
        await PutLookUpsAsync();
        await _lake.PutAsync(new IngestedTable(source, Stamps.Second) { Changed = [row] });

        await _lake.RingAsync($"{source}/{Stamps.Second}.json");

        var file = _lake.ParquetFile($"{target}/{Stamps.Second}");
        var columns = expected.Split(", ").Select(column => column.Split(' ')).ToList();
        Assert.Equal(columns.Select(column => $"{column[0]} {column[1]}"), file.Types());
        Assert.Equal(columns.Select(column => $"{column[0]} {column[2]}"), file.Repetitions());
    }

    public static TheoryData<string, string, string, string> Types => new()
    {
        { "staff", SourceRows.Staff(), "dim_staff", "staff_id INTEGER REQUIRED, first_name VARCHAR REQUIRED, last_name VARCHAR REQUIRED, department_name VARCHAR REQUIRED, location VARCHAR REQUIRED, email_address VARCHAR REQUIRED" },
        { "counterparty", SourceRows.Counterparty(), "dim_counterparty", "counterparty_id INTEGER REQUIRED, counterparty_legal_name VARCHAR REQUIRED, counterparty_legal_address_line_1 VARCHAR REQUIRED, counterparty_legal_address_line_2 VARCHAR OPTIONAL, counterparty_legal_district VARCHAR OPTIONAL, counterparty_legal_city VARCHAR REQUIRED, counterparty_legal_postal_code VARCHAR REQUIRED, counterparty_legal_country VARCHAR REQUIRED, counterparty_legal_phone_number VARCHAR REQUIRED" },
        { "address", SourceRows.Address(), "dim_location", "location_id INTEGER REQUIRED, address_line_1 VARCHAR REQUIRED, address_line_2 VARCHAR OPTIONAL, district VARCHAR OPTIONAL, city VARCHAR REQUIRED, postal_code VARCHAR REQUIRED, country VARCHAR REQUIRED, phone VARCHAR REQUIRED" },
        { "currency", SourceRows.Currency(), "dim_currency", "currency_id INTEGER REQUIRED, currency_code VARCHAR REQUIRED, currency_name VARCHAR REQUIRED" },
        { "design", SourceRows.Design(), "dim_design", "design_id INTEGER REQUIRED, design_name VARCHAR REQUIRED, file_location VARCHAR REQUIRED, file_name VARCHAR REQUIRED" },
        { "payment_type", SourceRows.PaymentType, "dim_payment_type", "payment_type_id INTEGER REQUIRED, payment_type_name VARCHAR REQUIRED" },
        { "transaction", SourceRows.Transaction, "dim_transaction", "transaction_id INTEGER REQUIRED, transaction_type VARCHAR REQUIRED, sales_order_id INTEGER OPTIONAL, purchase_order_id INTEGER OPTIONAL" },
    };

    [Fact]
    public async Task A_nullable_text_that_feeds_a_required_column_becomes_unknown()
    {
        await _lake.PutAsync(new IngestedTable("department", Stamps.First) { Changed = [SourceRows.Department(location: "null")] });
        await _lake.PutAsync(new IngestedTable("staff", Stamps.First) { Changed = [SourceRows.Staff()], LookUp = Stamps.First });

        await _lake.SweepAsync();

        Assert.Equal(["1|Jeremie|O'Franey|Sales|unknown|j@terrifictotes.com"], _lake.Rows($"dim_staff/{Stamps.First}"));
    }

    [Fact]
    public async Task A_deleted_dimension_row_changes_nothing()
    {
        await _lake.PutAsync(new IngestedTable("design", Stamps.First) { Changed = [SourceRows.Design(1), SourceRows.Design(2)] });
        await _lake.PutAsync(new IngestedTable("design", Stamps.Second)
        {
            Unchanged = [SourceRows.Design(1)],
            Deleted = [SourceRows.Design(2)],
            Previous = Stamps.First,
        });

        await _lake.SweepAsync();

        Assert.Empty(_lake.Rows($"dim_design/{Stamps.Second}"));
        Assert.Equal(0, _lake.Ingestion.BytesRead($"design/{Stamps.Second}.deleted.json"));
    }

    [Theory]
    [InlineData("\"GBX\"")]
    [InlineData("\"gbp\"")]
    [InlineData("\"\"")]
    public async Task An_unknown_currency_is_rejected(string code)
    {
        await _lake.PutAsync(new IngestedTable("currency", Stamps.First) { Changed = [SourceRows.Currency(1, code), SourceRows.Currency(2)] });

        await _lake.SweepAsync();

        Assert.Equal(["2|GBP|Pound Sterling"], _lake.Rows($"dim_currency/{Stamps.First}"));
        Assert.Equal("column 'currency_code': no code of ISO 4217", _lake.Rejected($"dim_currency/{Stamps.First}").Single().GetProperty("reason").GetString());
    }

    private async Task PutLookUpsAsync()
    {
        await _lake.PutAsync(new IngestedTable("department", Stamps.First) { Changed = [SourceRows.Department()] });
        await _lake.PutAsync(new IngestedTable("address", Stamps.First) { Changed = [SourceRows.Address()] });
    }
}
