using System.CommandLine;
using EtlPipeline.Reconciliation;

namespace EtlPipeline.Local.CommandLine;

/// <summary>Compares the warehouse with the source.</summary>
internal sealed class ReconcileCommand : ICommand
{
    private const string Explanation = """
        What is compared:
          SQL over the source's tables says what each table of the warehouse has to hold now; it shares nothing with the way that the
          pipeline goes. Both sides are read in the order of their keys, in a snapshot each, and compared value by value; memory does not
          grow with the tables. Of facts the newest records count (the views ..._current): older ones are history, which the source has not.

        What counts:
          missing    the source has the row, the warehouse has not; a row that Transform rejected is one too
          surplus    the warehouse has a fact that the source has not
          differing  both have the row, with other values; the columns are named, never the values
        Any of them makes the exit code 1; it is 0 only where there are none.

        What does not count:
          pending    the row was written or deleted in the source after the newest loaded version was extracted. Written is told by its
                     transaction id (that of the oldest transaction in flight then, or a later one), deleted by its being in that version.
                     Each table gets a version at least once a day, so a change that was overlooked is pending for no longer than that.
          kept       members of dimensions that are not in the source: they stay when they are deleted there, because facts refer to them
        Where the two can't be told apart (the loaded version is gone, or the source is another server since), every difference counts.
        """;

    private const int MostKeys = 100_000;

    private readonly Option<int> _keys = new("--keys")
    {
        Description = "How many keys are shown of each kind of fault; all faults are counted.",
        HelpName = "number",
        DefaultValueFactory = _ => 10,
    };

    public Command Define()
    {
        var command = new ExplainedCommand(
            "reconcile", "Compare the warehouse with the source, row by row. Without settings, in the demo.", Explanation) { _keys };
        command.Validators.Add(result =>
        {
            if (result.GetResult(_keys) is null || result.GetValue(_keys) is >= 0 and <= MostKeys) return;
            result.AddError($"--keys is a number from 0 to {MostKeys}.");
        });
        return command;
    }

    public async Task ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await ChosenPipeline.ReadAsync(context, cancellationToken);
        await using var reconciler = new Reconciler(settings.Extract, settings.Load, context.Buckets, context.Parsed.GetValue(_keys));
        var reports = await context.Terminal.WaitForAsync(
            "Comparing the warehouse with the source",
            async () => await reconciler.RunAsync(cancellationToken).ToListAsync(cancellationToken));
        ReconciliationTable.Show(context.Terminal, reports);
        var wrong = reports.Sum(report => report.Wrong);
        if (wrong > 0) throw new WarehouseDiffersException(wrong);
        context.Terminal.WriteLine("The warehouse is as the source was when it was last extracted.");
    }
}
