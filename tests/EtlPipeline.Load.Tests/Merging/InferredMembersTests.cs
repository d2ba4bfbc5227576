namespace EtlPipeline.Load.Tests.Merging;

public class InferredMembersTests
{
    [Fact]
    public async Task A_member_that_has_not_arrived_is_inferred_and_overwritten_when_it_comes()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        await load.SweepAsync();
        Assert.Equal("(5,unknown,unknown)", await load.RowsAsync("SELECT * FROM dim_currency"));
        Assert.Equal("(3,unknown,,)", await load.RowsAsync("SELECT * FROM dim_transaction"));
        Assert.Equal("(4,unknown,unknown,,,unknown,unknown,unknown,unknown)", await load.RowsAsync("SELECT * FROM dim_counterparty"));
        Assert.Equal("(6,unknown)", await load.RowsAsync("SELECT * FROM dim_payment_type"));

        await load.PutAsync("dim_currency", 1, "SELECT 5 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        await load.SweepAsync();
        Assert.Equal("(5,GBP,Pound)", await load.RowsAsync("SELECT * FROM dim_currency"));
    }

    [Fact]
    public async Task A_member_that_is_there_is_not_inferred()
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("dim_currency", 1, "SELECT 5 AS currency_id, 'GBP' AS currency_code, 'Pound' AS currency_name");
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1)));
        var summary = await load.SweepAsync();

        Assert.Equal(["dim_currency", "fact_payment"], summary.Versions.Select(version => version.Target.Value));
        Assert.Equal("(5,GBP,Pound)", await load.RowsAsync("SELECT * FROM dim_currency"));
    }

    [Theory]
    [InlineData("2026-11-23", "(2026-11-23,2026,11,23,1,Monday,November,4)")]
    [InlineData("2024-02-29", "(2024-02-29,2024,2,29,4,Thursday,February,1)")]
    [InlineData("9999-12-31", "(9999-12-31,9999,12,31,5,Friday,December,4)")]
    [InlineData("12345-07-01", "(12345-07-01,12345,7,1,7,Sunday,July,3)")]
    [InlineData("0044-03-15 (BC)", "(\"0044-03-15 BC\",-44,3,15,5,Friday,March,1)")]
    public async Task A_date_that_is_missing_is_computed_however_far_away_it_is(string date, string member)
    {
        await using var load = await LoadScenario.CreateAsync();
        await load.PutAsync("fact_payment", 1, Payment.Rows(new Payment(1) { PaymentDate = date }));
        await load.SweepAsync();

        Assert.Equal(
            member,
            await load.RowsAsync("SELECT dim_date.* FROM dim_date JOIN fact_payment ON payment_date = date_id"));
        Assert.Equal("(3)", await load.RowsAsync("SELECT count(*) FROM dim_date"));
    }
}
