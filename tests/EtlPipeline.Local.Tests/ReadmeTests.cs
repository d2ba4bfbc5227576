using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Pipeline;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests;

/// <summary>The README says what the program does: its commands, options and settings are those of the code, none more and none fewer.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] Prefixes = ["TOTE_SYS", "WAREHOUSE"];
    private static readonly string Readme = File.ReadAllText(RepositoryFolder.Find("README.md"));

    [Fact]
    public async Task Its_commands_are_those_of_the_program()
    {
        using var folder = new TestFolder();
        var help = await LocalCall.RunAsync(folder.Path, "--help");
        var commands = Commands().Match(help.Output).Groups[1].Value.Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(name => name.Length > 0);

        Assert.Equal(commands.Order(StringComparer.Ordinal), Rows("command").SelectMany(row => Code(row[0])).Select(code => code.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_option_that_it_names_is_one_of_its_command()
    {
        using var folder = new TestFolder();
        foreach (var row in Rows("command"))
        {
            foreach (var option in Options().Matches(row[1] + row[0]).Select(match => match.Value).Distinct())
            {
                var helps = await Task.WhenAll(Code(row[0]).Select(code => LocalCall.RunAsync(folder.Path, code.Split(' ')[0], "--help")));
                Assert.True(helps.Any(help => help.Output.Contains(option, StringComparison.Ordinal)), $"{option} of {row[0]}");
            }
        }
    }

    [Fact]
    public void Its_settings_are_those_that_are_read()
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        var settings = SettingsSource.FromEnvironment(Path.GetTempPath(), name => (string?)(read.Add(name) ? null : null));
        Assert.Throws<InvalidSettingsException>(() => PipelineSettings.Read(settings));
        HostSettings.Read(settings);

        Assert.Equal(read.Order(StringComparer.Ordinal), Rows("name").SelectMany(row => Code(row[0])).SelectMany(Expand).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Its_exit_codes_are_those_of_the_program()
    {
        using var folder = new TestFolder();

        Assert.Equal(3, (await LocalCall.RunAsync(folder.Path, "nonsense")).ExitCode);
        Assert.Equal(1, (await LocalCall.RunAsync(folder.Path, "status")).ExitCode);
        Assert.Matches(@"0 all right; 1 failed; 2 all right but rows are\s+rejected; 3 usage; 4 unconfirmed", Readme);
    }

    [Fact]
    public async Task Its_questions_are_answered_by_a_warehouse()
    {
        await using var scene = await PipelineScene.CreateLoadedAsync();
        await scene.Totesys.ExecuteAsync("UPDATE sales_order SET agreed_delivery_date = '2025-03-01' WHERE sales_order_id = 2");
        Assert.Equal(0, (await scene.CallAsync("run")).ExitCode);
        var questions = Question().Match(Readme).Groups[1].Value.Trim().Split('\n');

        Assert.Equal(3, questions.Length);
        Assert.NotEmpty(await scene.Warehouse.RowsAsync(questions[0]));
        Assert.NotEmpty(await scene.Warehouse.RowsAsync(questions[1].Replace("'2024-11-05'", "now()", StringComparison.Ordinal)));
        Assert.Collection(
            await scene.Warehouse.RowsAsync(questions[2]),
            story => Assert.Contains("|new|", story, StringComparison.Ordinal),
            story => Assert.Matches(@"\|changed\|.*agreed_delivery_date", story));
    }

    [Fact]
    public void It_has_at_most_120_lines() => Assert.InRange(Readme.TrimEnd().Split('\n').Length, 1, 120);

    /// <summary>The rows of the table whose first column is called so.</summary>
    private static IEnumerable<string[]> Rows(string heading) =>
        Readme.Split('\n').SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray());

    private static IEnumerable<string> Code(string cell) => Quoted().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>Both databases have the settings of a prefix, whose first one is written out.</summary>
    private static IEnumerable<string> Expand(string name) => name.StartsWith('{') || name.StartsWith('_')
        ? Prefixes.Select(prefix => name.StartsWith('_') ? $"{prefix}_DB{name}" : name.Replace("{prefix}", prefix, StringComparison.Ordinal))
        : [name];

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Question();

    [GeneratedRegex(@"Commands:\s*\n((?:  .*\n?)+)", RegexOptions.CultureInvariant)]
    private static partial Regex Commands();

    [GeneratedRegex("--[a-z-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Options();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
