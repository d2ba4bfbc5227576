using System.Text.Json;

namespace EtlPipeline.Local.Tests.Commands;

public sealed class DescribeCommandTests
{
    [Theory]
    [InlineData("markdown", "## fact_sales_order", "| `sales_staff_id` | integer | yes | Who sold. → `dim_staff` |")]
    [InlineData("mermaid", "erDiagram", "    dim_staff ||--o{ fact_sales_order : sales_staff_id")]
    [InlineData("dbt", "version: 2", "                    to: source('warehouse', 'dim_staff')")]
    [InlineData("json", "\"name\": \"fact_sales_order\"", "\"references\": \"dim_staff\"")]
    public async Task The_targets_are_described_for_other_tools(string format, string one, string other)
    {
        var call = await LocalCall.RunAsync(Path.GetTempPath(), "describe", "--format", format);

        Assert.Equal(0, call.ExitCode);
        Assert.Contains(one, call.Output, StringComparison.Ordinal);
        Assert.Contains(other, call.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_has_all_eleven_tables()
    {
        var call = await LocalCall.RunAsync(Path.GetTempPath(), "describe", "--format", "json");

        using var json = JsonDocument.Parse(call.Output);
        Assert.Equal(11, json.RootElement.GetArrayLength());
    }
}
