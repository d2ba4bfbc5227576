namespace EtlPipeline.SampleData.Tests.MasterData;

public sealed class NamesTests
{
    public static TheoryData<ulong> Seeds => [1, 2, 3, 20221103, ulong.MaxValue];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Companies_have_every_kind_of_punctuation(ulong seed)
    {
        var names = StateOf(seed).Counterparties.Select(counterparty => counterparty.CounterpartyLegalName).ToList();
        foreach (var mark in "',&()") Assert.Contains(names, name => name.Contains(mark));
        Assert.Contains(names, name => name.Any(letter => letter > '\x7f'));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Postal_codes_and_phones_begin_with_zeros(ulong seed)
    {
        var addresses = StateOf(seed).Addresses.ToList();
        Assert.Contains(addresses, address => address.PostalCode.StartsWith('0'));
        Assert.Contains(addresses, address => address.Phone.StartsWith('0'));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Only_second_lines_and_districts_are_missing_and_no_text_is_empty(ulong seed)
    {
        var state = StateOf(seed);
        foreach (var table in EtlPipeline.SampleData.Tables.TotesysTables.All)
        {
            var rows = table.RowsOf(state).Select(row => row.ToValues()).ToList();
            Assert.DoesNotContain(string.Empty, rows.SelectMany(values => values));
            var columns = table.Columns.Where((_, position) => rows.Any(values => values[position] is null)).Select(column => column.Name);
            Assert.Equal(NullableColumns(table.Name), columns);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Staff_have_names_of_their_own_and_plain_addresses(ulong seed)
    {
        var staff = StateOf(seed).Staff.ToList();
        Assert.Contains(staff, member => member.LastName.Contains('\''));
        Assert.Equal(staff.Count, staff.DistinctBy(member => member.EmailAddress).Count());
        Assert.All(staff, member => Assert.Matches(@"^[a-z]+\.[a-z]+@totesys\.example$", member.EmailAddress));
    }

    private static SampleState StateOf(ulong seed) =>
        new SampleHistory(new SampleOptions { Seed = seed, Scale = 0.1 }).At(Histories.EndOf2024);

    private static string[] NullableColumns(string table) => table switch
    {
        "address" => ["address_line_2", "district"],
        "transaction" => ["sales_order_id", "purchase_order_id"],
        _ => [],
    };
}
