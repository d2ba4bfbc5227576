using System.Text.RegularExpressions;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests;

/// <summary>The business questions of <c>docs/questions.sql</c>, on a warehouse in which orders were moved, changed in silence, and deleted.</summary>
public sealed partial class QuestionsTests
{
    [Fact]
    public async Task Each_of_the_ten_questions_has_an_answer()
    {
        await using var scene = await PipelineScene.CreateLoadedAsync();
        await scene.Totesys.ExecuteAsync("""
            UPDATE sales_order SET agreed_delivery_date = '2025-03-01', last_updated = last_updated + interval '1 day' WHERE sales_order_id IN (1, 2);
            UPDATE sales_order SET agreed_delivery_date = '2025-04-01' WHERE sales_order_id = 3;
            UPDATE payment SET paid = false WHERE payment_id = (SELECT max(payment_id) FROM payment);
            DELETE FROM payment WHERE transaction_id IN (SELECT transaction_id FROM transaction WHERE sales_order_id = 4);
            DELETE FROM transaction WHERE sales_order_id = 4;
            DELETE FROM sales_order WHERE sales_order_id = 4
            """);
        Assert.Equal(0, (await scene.CallAsync("run")).ExitCode);

        var questions = Questions().Split(await File.ReadAllTextAsync(RepositoryFolder.Find(Path.Combine("docs", "questions.sql")), TestContext.Current.CancellationToken)).Skip(1).ToList();

        Assert.Equal(10, questions.Count);
        foreach (var question in questions)
        {
            var rows = await scene.Warehouse.RowsAsync("-- " + question);
            Assert.True(rows.Count > 0, question);
        }

        Assert.Equal(3, (await scene.Warehouse.RowsAsync("-- " + questions[2])).Count);
        Assert.Equal(["changed", "changed in silence", "deleted"], (await scene.Warehouse.RowsAsync("-- " + questions[7])).Select(row => row.Split('|')[0]));
    }

    [Fact]
    public async Task A_month_of_the_current_orders_and_of_past_ones_is_found_without_looking_at_records_that_ended_before()
    {
        await using var scene = await PipelineScene.CreateLoadedAsync();

        var plan = await scene.Warehouse.RowsAsync("""
            SET enable_seqscan = off;
            EXPLAIN SELECT sum(amount) FROM sales_order_current WHERE created_date >= '2025-03-01' AND created_date < '2025-04-01'
            """);
        var planOfPast = await scene.Warehouse.RowsAsync("""
            SET enable_seqscan = off;
            EXPLAIN SELECT count(*) FROM fact_sales_order_as_of('2025-03-20') WHERE created_date >= '2025-03-01' AND created_date < '2025-04-01'
            """);

        Assert.Contains(plan, line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("valid_to IS NULL", StringComparison.Ordinal));
        Assert.Contains(planOfPast, line => line.Contains("Index Cond", StringComparison.Ordinal) && line.Contains("created_date", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^-- (?=\d+\. )", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Questions();
}
