using System.Reflection;
using System.Text.RegularExpressions;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Testing;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed partial class EventNamesTests
{
    [Fact]
    public void Every_event_that_terraform_looks_for_has_its_name_here()
    {
        var names = typeof(EventNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToHashSet();

        var sought = Directory.GetFiles(RepositoryFolder.Find("terraform"), "*.tf", SearchOption.AllDirectories)
            .SelectMany(file => SoughtEvent().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(sought);
        Assert.All(sought, name => Assert.Contains(name, names));
    }

    [GeneratedRegex("""event *=~? *\\?"([A-Za-z]+)""")]
    private static partial Regex SoughtEvent();
}
