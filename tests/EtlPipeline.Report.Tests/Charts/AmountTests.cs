using EtlPipeline.Report.Charts;

namespace EtlPipeline.Report.Tests.Charts;

public sealed class AmountTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("9999.5", "9,999.50")]
    [InlineData("25000", "25k")]
    [InlineData("2500000", "2.5M")]
    [InlineData("3000000000", "3bn")]
    public void An_axis_has_short_numbers(string value, string text) =>
        Assert.Equal(text, Amount.Short(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void No_digit_of_an_amount_is_lost() => Assert.Equal("123,456,789,012,345.67", Amount.Exact(123_456_789_012_345.67m));
}
