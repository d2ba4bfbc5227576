using EtlPipeline.Targets.Currencies;

namespace EtlPipeline.Targets.Tests.Currencies;

public sealed class Iso4217Tests
{
    [Theory]
    [InlineData("GBP", "Pound Sterling")]
    [InlineData("USD", "US Dollar")]
    [InlineData("EUR", "Euro")]
    [InlineData("TOP", "Pa’anga")]
    [InlineData("XCG", "Caribbean Guilder")]
    [InlineData("HRK", "Kuna")]
    public void A_code_has_the_name_of_the_standard(string code, string name) => Assert.Equal(name, Iso4217.FindName(code));

    [Theory]
    [InlineData("")]
    [InlineData("gbp")]
    [InlineData("GBP ")]
    [InlineData("ABC")]
    public void Any_other_code_has_none(string code) => Assert.Null(Iso4217.FindName(code));
}
