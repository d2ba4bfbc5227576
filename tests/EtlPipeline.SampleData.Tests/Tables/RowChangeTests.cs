using EtlPipeline.SampleData.Tables;

namespace EtlPipeline.SampleData.Tests.Tables;

public sealed class RowChangeTests
{
    [Fact]
    public void Rows_are_matched_by_key()
    {
        var (one, two, three, four) = (Row(1, "GBP"), Row(2, "USD"), Row(3, "EUR"), Row(4, "SEK"));
        var renamed = Row(3, "DKK");
        Assert.Equal(
            [new RowChange.Deleted(one), new RowChange.Updated(renamed), new RowChange.Inserted(four)],
            RowChange.Between([one, two, three], [two, renamed, four]));
    }

    [Fact]
    public void From_nothing_and_to_nothing_are_inserts_and_deletes()
    {
        var row = Row(1, "GBP");
        Assert.Equal([new RowChange.Inserted(row)], RowChange.Between([], [row]));
        Assert.Equal([new RowChange.Deleted(row)], RowChange.Between([row], []));
        Assert.Empty(RowChange.Between([], []));
    }

    private static Currency Row(int key, string code) => new(key, code, DateTime.UnixEpoch, DateTime.UnixEpoch);
}
