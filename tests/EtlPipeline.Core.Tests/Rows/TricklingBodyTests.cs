using System.Text;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Core.Tests.Rows;

public sealed class TricklingBodyTests
{
    [Fact]
    public async Task A_long_row_that_comes_byte_by_byte_is_read()
    {
        // Looked at anew with every byte, a row of this length would take longer than anybody would wait.
        var text = new string('x', 2_000_000);
        using var reader = new JsonRowReader(new ChunkedStream(Encoding.ASCII.GetBytes($$"""[{"a":"{{text}}"},{"a":1}]"""), chunk: 1));

        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(text.Length + """{"a":""}""".Length, reader.Current.Utf8.Length);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }
}
