using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "empty")]
    [InlineData(" \t\n", "empty")]
    public void A_setting_without_a_text_is_missing(string? text, string fault)
    {
        var settings = new SettingsOf { ["COLOUR"] = text };

        Assert.Equal([$"COLOUR is {fault}: blue or red"], settings.Faults(reader => reader.Required("COLOUR", "blue or red")));
        Assert.Null(settings.Read(reader => reader.Optional("COLOUR")));
        Assert.Equal(7, settings.Read(reader => reader.Optional("COLOUR", "a number", 7, int.Parse)));
    }

    [Fact]
    public void Blanks_around_a_text_do_not_count() =>
        Assert.Equal("blue", new SettingsOf { ["COLOUR"] = "  blue\n" }.Read(reader => reader.Required("COLOUR", "blue or red")));

    [Theory]
    [InlineData("x")]
    [InlineData("99999999999")]
    public void A_required_setting_that_can_not_be_read_is_malformed(string text) =>
        Assert.StartsWith(
            "COUNT is malformed (",
            Assert.Single(new SettingsOf { ["COUNT"] = text }.Faults(reader => reader.Required("COUNT", "a number", int.Parse))),
            StringComparison.Ordinal);
}
