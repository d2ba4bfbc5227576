using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.SampleData.Tests.Databases;

public sealed class TotesysDatabaseTests
{
    private static readonly DateTimeOffset From = Histories.Utc(2024, 12, 13, 3, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_is_filled_with_the_rows_of_a_moment()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await FillAsync(totesys, Histories.Real, From);
        var state = Histories.Real.At(From);
        Assert.Equal(state.SalesOrders.Count(), await totesys.ScalarAsync<long>("SELECT count(*) FROM sales_order"));
        Assert.Equal(
            state.Payments.Sum(payment => payment.PaymentAmount),
            await totesys.ScalarAsync<decimal>("SELECT sum(payment_amount) FROM payment"));
        Assert.Equal(
            state.Counterparties.Select(counterparty => counterparty.CounterpartyLegalName),
            await totesys.ScalarAsync<string[]>("SELECT array_agg(counterparty_legal_name ORDER BY counterparty_id) FROM counterparty"));
    }

    [Fact]
    public async Task A_new_row_gets_the_next_key()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await FillAsync(totesys, Histories.Tiny, From);
        var next = await totesys.ScalarAsync<int>(
            "INSERT INTO currency (currency_code, last_updated) VALUES ('SEK', now()) RETURNING currency_id");
        Assert.Equal(4, next);
    }

    [Fact]
    public async Task Before_the_first_day_there_is_nothing_to_fill_in()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await FillAsync(totesys, Histories.Tiny, Histories.Utc(2020, 1, 1, 0, 0));
        Assert.Equal(0, await totesys.ScalarAsync<long>("SELECT count(*) FROM address"));
        Assert.Equal(1, await totesys.ScalarAsync<long>("SELECT nextval('address_address_id_seq')"));
    }

    [Fact]
    public async Task A_full_database_is_not_filled_again_and_keeps_its_rows()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await FillAsync(totesys, Histories.Tiny, From);
        await Assert.ThrowsAsync<PostgresException>(() => FillAsync(totesys, Histories.Tiny, From));
        Assert.Equal(30, await totesys.ScalarAsync<long>("SELECT count(*) FROM address"));
    }

    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(1.0, 30)]
    [InlineData(0.02, 400)]
    public async Task A_database_that_lives_on_is_as_if_it_had_been_filled_later(double scale, int days)
    {
        var history = new SampleHistory(new SampleOptions { Scale = scale, SilentUpdateInterval = TimeSpan.FromMinutes(20) });
        await using var advanced = await TestDatabase.CreateTotesysAsync();
        await using var filled = await TestDatabase.CreateTotesysAsync();
        await FillAsync(advanced, history, From);
        await using (var connection = await advanced.OpenAsync())
            await TotesysDatabase.AdvanceAsync(connection, history, From, From.AddDays(days), Cancellation);
        await FillAsync(filled, history, From.AddDays(days));
        Assert.Equal(await DatabaseContent.ReadAsync(filled), await DatabaseContent.ReadAsync(advanced));
        Assert.Equal(await DatabaseContent.ReadSequencesAsync(filled), await DatabaseContent.ReadSequencesAsync(advanced));
    }

    [Fact]
    public async Task A_day_comes_in_several_transactions()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await FillAsync(totesys, Histories.Real, From);
        await using var connection = await totesys.OpenAsync();
        await TotesysDatabase.AdvanceAsync(connection, Histories.Real, From, From.AddDays(1), Cancellation);
        Assert.InRange(await totesys.ScalarAsync<long>("SELECT count(DISTINCT xmin::text) FROM sales_order"), 4, 9);
    }

    [Fact]
    public async Task Time_does_not_run_backwards()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var connection = await totesys.OpenAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => TotesysDatabase.AdvanceAsync(connection, Histories.Tiny, From, From.AddDays(-1), Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => TotesysDatabase.BeginLateTransactionAsync(connection, Histories.Tiny, From, From.AddDays(-1), Cancellation));
    }

    [Fact]
    public async Task A_late_transaction_is_not_seen_before_it_commits_and_is_then_older_than_it_seems()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await FillAsync(totesys, Histories.Real, From);
        var before = await DatabaseContent.ReadAsync(totesys);
        await using var connection = await totesys.OpenAsync();
        await using (var late = await TotesysDatabase.BeginLateTransactionAsync(
            connection, Histories.Real, From, From.AddDays(1), Cancellation))
        {
            Assert.Equal(before, await DatabaseContent.ReadAsync(totesys));
            await late.CommitAsync(Cancellation);
        }

        var end = From.AddDays(1).UtcDateTime;
        Assert.True(await totesys.ScalarAsync<DateTime>("SELECT max(last_updated) FROM payment") < end);
        Assert.Equal(
            Histories.Real.At(From.AddDays(1)).SalesOrders.Count(), await totesys.ScalarAsync<long>("SELECT count(*) FROM sales_order"));
    }

    [Fact]
    public async Task A_late_transaction_that_can_not_be_begun_leaves_the_session_without_one()
    {
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var connection = await totesys.OpenAsync();
        await Assert.ThrowsAsync<PostgresException>(
            () => TotesysDatabase.BeginLateTransactionAsync(connection, Histories.Real, From, From.AddDays(1), Cancellation));
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await transaction.RollbackAsync(Cancellation);
    }

    private static async Task FillAsync(TestDatabase database, SampleHistory history, DateTimeOffset moment)
    {
        await using var connection = await database.OpenAsync();
        await TotesysDatabase.FillAsync(connection, history, moment, Cancellation);
    }
}
