using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class SettingsSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void In_development_the_file_is_read_and_the_environment_wins()
    {
        Write("A=file\nB=file\n");

        var settings = Read(new SettingsOf { ["WHAT_ENV"] = "dev", ["B"] = "environment" });

        Assert.Equal(("file", "environment", null), (settings.Optional("A"), settings.Optional("B"), settings.Optional("C")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("prod")]
    public void Elsewhere_the_file_is_left_alone(string? name)
    {
        Write("A=file\n");

        var settings = Read(new SettingsOf { ["WHAT_ENV"] = name });

        settings.ThrowIfInvalid();
        Assert.Null(settings.Optional("A"));
    }

    [Fact]
    public void The_file_may_be_missing()
    {
        var settings = Read(new SettingsOf { ["WHAT_ENV"] = "DEV ", ["A"] = "environment" });

        settings.ThrowIfInvalid();
        Assert.Equal("environment", settings.Optional("A"));
    }

    [Fact]
    public void An_unknown_environment_is_the_only_fault_that_is_named_since_the_others_depend_on_it() =>
        Assert.Equal(
            ["WHAT_ENV is malformed: the environment, dev or prod"],
            Assert.Throws<InvalidSettingsException>(() => Read(new SettingsOf { ["WHAT_ENV"] = "production" })).Faults);

    [Fact]
    public void Lines_of_the_file_that_can_not_be_read_are_named_by_number_and_never_shown()
    {
        Write("A=1\nPASSWORD hunter2\n# fine\n\n=x\n");

        var faults = Assert.Throws<InvalidSettingsException>(() => Read(new SettingsOf { ["WHAT_ENV"] = "dev" })).Faults;

        Assert.Equal(2, faults.Count);
        Assert.StartsWith("Line 2 of ", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("Line 5 of ", faults[1], StringComparison.Ordinal);
        Assert.DoesNotContain(faults, fault => fault.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PASSWORD=p#a$s=w${x}%", "p#a$s=w${x}%")]
    [InlineData("PASSWORD=\"two words\"", "two words")]
    [InlineData("PASSWORD='single $HOME'", "single $HOME")]
    [InlineData("# a comment\n\nPASSWORD=x", "x")]
    [InlineData("PASSWORD=back\\slash", "back\\slash")]
    [InlineData("PASSWORD=ünïcode", "ünïcode")]
    [InlineData("\ufeffPASSWORD=after a byte order mark", "after a byte order mark")]
    [InlineData("PASSWORD=x\r\nOTHER=y\r\n", "x")]
    [InlineData("export PASSWORD=x", "x")]
    public void A_value_of_the_file_is_what_was_written(string file, string expected)
    {
        Write(file);

        Assert.Equal(expected, Read(new SettingsOf { ["WHAT_ENV"] = "dev" }).Optional("PASSWORD"));
    }

    [Fact]
    public void Without_an_environment_of_its_own_the_process_s_is_read() =>
        Assert.Equal(Environment.GetEnvironmentVariable("PATH")?.Trim(), SettingsSource.FromEnvironment(_folder.Path).Optional("PATH"));

    private SettingsReader Read(SettingsOf environment) =>
        SettingsSource.FromEnvironment(_folder.Path, name => environment.GetValueOrDefault(name));

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder.Path, ".env"), text);
}
