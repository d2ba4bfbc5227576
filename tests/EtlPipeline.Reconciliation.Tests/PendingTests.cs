namespace EtlPipeline.Reconciliation.Tests;

/// <summary>What is on its way, and what is wrong.</summary>
public sealed class PendingTests
{
    private const string Change = "UPDATE sales_order SET units_sold = 7 WHERE sales_order_id = 1; DELETE FROM sales_order WHERE sales_order_id = 2; UPDATE department SET location = 'Leeds'";

    [Fact]
    public async Task What_changed_since_the_last_run_is_unconfirmed_if_nobody_waits()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.SourceDatabase.ExecuteAsync(Change);

        var report = await scene.ReconcileAsync(new ReconcileOptions { MayWait = false });

        Assert.Equal(ReconciliationOutcome.Unconfirmed, report.Outcome);
        Assert.Empty(report.TablesToRead);
        Assert.Contains("dim_staff Differing 3 location", ReconcileScene.Lines(target => target.Unconfirmed, report));
        Assert.Contains("fact_sales_order Surplus 2", ReconcileScene.Lines(target => target.Unconfirmed, report));
    }

    [Fact]
    public async Task What_changed_since_the_last_run_is_equal_once_the_next_one_is_loaded()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.SourceDatabase.ExecuteAsync(Change);

        var report = await scene.ReconcileAsync();

        Assert.Empty(ReconcileScene.Lines(target => target.Faults, report).Concat(ReconcileScene.Lines(target => target.Unconfirmed, report)));
        Assert.Equal(ReconciliationOutcome.Equal, report.Outcome);
        Assert.Equal(["looking again at dim_staff", "looking again at fact_sales_order"], scene.Progress.Where(step => step.StartsWith("looking again", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_waits_for_a_run_that_somebody_else_starts()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.SourceDatabase.ExecuteAsync(Change);
        await scene.WarehouseDatabase.ExecuteAsync("DELETE FROM dim_design_history");
        var run = Task.CompletedTask;
        scene.OnWaiting = () => run = Task.Run(scene.RunAsync, ReconcileScene.Token);

        var report = await scene.ReconcileAsync(new ReconcileOptions { PollInterval = TimeSpan.FromMilliseconds(50), WaitLimit = TimeSpan.FromMinutes(5) });

        await run;
        Assert.Equal(["dim_design_history Missing 1"], ReconcileScene.Lines(target => target.Faults, report));
        Assert.Empty(ReconcileScene.Lines(target => target.Unconfirmed, report));
    }

    [Fact]
    public async Task If_no_run_comes_in_time_rows_are_unconfirmed_and_the_report_says_why()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        await scene.WarehouseDatabase.ExecuteAsync("DELETE FROM fact_sales_order WHERE sales_order_id = 3");

        var report = await scene.ReconcileAsync(new ReconcileOptions { PollInterval = TimeSpan.FromMilliseconds(10), WaitLimit = TimeSpan.FromMilliseconds(30) });

        var orders = report.Targets.Single(target => target.Outcome == TargetOutcome.Unconfirmed);
        Assert.Equal("no run has begun since", orders.Reason);
        Assert.Equal(ReconciliationOutcome.Unconfirmed, report.Outcome);
    }

    [Fact]
    public async Task A_row_that_the_source_changes_all_the_time_is_no_fault()
    {
        await using var scene = await ReconcileScene.LoadCompanyAsync();
        const string touch = "UPDATE sales_order SET units_sold = units_sold + 1 WHERE sales_order_id = 1";
        await scene.SourceDatabase.ExecuteAsync(touch);

        var report = await scene.ReconcileAsync(new ReconcileOptions { Run = async _ => { await scene.RunAsync(); await scene.SourceDatabase.ExecuteAsync(touch); } });

        Assert.Equal(["fact_sales_order Differing 1 units_sold"], ReconcileScene.Lines(target => target.Unconfirmed, report));
        Assert.Equal(ReconciliationOutcome.Unconfirmed, report.Outcome);
    }
}
