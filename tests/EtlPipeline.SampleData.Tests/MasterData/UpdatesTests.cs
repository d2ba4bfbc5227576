using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Tests.MasterData;

public sealed class UpdatesTests
{
    private static readonly SampleState Before = Histories.Real.At(Histories.Utc(2023, 1, 1, 0, 0));

    [Theory]
    [InlineData("address")]
    [InlineData("counterparty")]
    [InlineData("department")]
    [InlineData("staff")]
    public void Master_data_changes_within_two_years_and_says_so(string table)
    {
        var form = TotesysTables.Find(table)!;
        var lastUpdated = form.Columns.Index().Single(column => column.Item.Name == "last_updated").Index;
        var before = form.RowsOf(Before).ToDictionary(row => row.Key, row => row.ToValues());
        var changes = form.Changes(Before, Histories.RealAtEndOf2024).Cast<RowChange.Updated>().ToList();
        Assert.NotEmpty(changes);
        Assert.All(changes, change =>
            Assert.True((DateTime)change.Row.ToValues()[lastUpdated]! > (DateTime)before[change.Row.Key][lastUpdated]!));
    }

    [Fact]
    public void The_files_of_designs_move_in_silence()
    {
        var before = Before.Designs.ToList();
        var after = Histories.RealAtEndOf2024.Designs.Take(before.Count).ToList();
        Assert.NotEqual(before, after);
        Assert.Equal(before, after.Zip(before, (now, then) => now with { FileLocation = then.FileLocation }));
    }
}
