using EtlPipeline.Extract.Sources.Sample;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.SampleData.Tables;
using EtlPipeline.Testing;

namespace EtlPipeline.Extract.Tests.Sources.Sample;

public sealed class SampleTextTests
{
    [Fact]
    public async Task Values_are_printed_as_postgresql_prints_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var history = new SampleHistory(new SampleOptions { Scale = 0.2 });
        var moment = new DateTimeOffset(2024, 12, 16, 12, 0, 0, TimeSpan.Zero);
        await using var totesys = await TestDatabase.CreateTotesysAsync();
        await using var connection = await totesys.OpenAsync();
        await TotesysDatabase.FillAsync(connection, history, moment, cancellation);
        foreach (var table in TotesysTables.All)
        {
            using var copy = await connection.BeginTextExportAsync(
                $"COPY (SELECT * FROM {table} ORDER BY {table.Key.Name}) TO STDOUT (NULL 'NULL')", cancellation);
            var expected = (await copy.ReadToEndAsync(cancellation)).TrimEnd('\n').Split('\n');
            var printed = table.RowsOf(history.At(moment))
                .Select(row => string.Join('\t', row.ToValues().Select(value => SampleText.Of(value) ?? "NULL")));
            Assert.Equal(expected, printed);
        }
    }
}
