using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class ExtractRequestTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"time": "2026-11-23T12:45:03Z"}""")]
    [InlineData("""{"full": false, "acceptDeletes": []}""")]
    public void An_object_without_records_starts_an_ordinary_run(string json)
    {
        var request = Parse(json);

        Assert.False(request.IsFull);
        Assert.Empty(request.AcceptDeletes);
    }

    [Fact]
    public void The_schedule_asks_for_nothing_special()
    {
        Assert.False(ExtractRequest.Scheduled.IsFull);
        Assert.Empty(ExtractRequest.Scheduled.AcceptDeletes);
    }

    [Fact]
    public void A_full_run_is_asked_for() => Assert.True(Parse("""{"full": true}""").IsFull);

    [Fact]
    public void Deletes_are_accepted_by_table() =>
        Assert.Equal(
            [TableName.Parse("payment"), TableName.Parse("staff")],
            Parse("""{"acceptDeletes": ["staff", "payment", "staff"]}""").AcceptDeletes.OrderBy(table => table.Value));

    [Theory]
    [InlineData("nothing", "not JSON")]
    [InlineData("[]", "a JSON Array")]
    [InlineData("""{"Records": []}""", "has Records")]
    [InlineData("""{"full": "true"}""", "'full' is neither true nor false")]
    [InlineData("""{"full": null}""", "'full' is neither true nor false")]
    [InlineData("""{"acceptDeletes": "staff"}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": [1]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": ["sales order"]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": ["../staff"]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": ["staff%2F"]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": ["staff'; DROP TABLE staff; --"]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": ["staff\u0000"]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": [null]}""", "'acceptDeletes' is no list of table names")]
    [InlineData("""{"acceptDeletes": ["\udc00"]}""", "not valid Unicode")]
    public void Anything_else_is_an_error_that_says_what_was_expected(string json, string fault)
    {
        var message = Assert.Throws<InvalidEventException>(() => Parse(json)).Message;

        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("expected a JSON object without Records", message, StringComparison.Ordinal);
    }

    private static ExtractRequest Parse(string json) => ExtractRequest.Parse(Encoding.UTF8.GetBytes(json));
}
