using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Tests.Lakes;
using Microsoft.Extensions.Logging;

namespace EtlPipeline.Transform.Tests.Lookups;

public sealed class LookUpTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData(Stamps.First, "Leeds")]
    [InlineData(Stamps.Second, "York")]
    [InlineData(Stamps.Third, "Hull")]
    public async Task The_rows_are_those_at_the_version_that_the_segments_object_names(string named, string location)
    {
        await _lake.PutAsync(Department(Stamps.First, "Leeds"), Changed(Stamps.Second, Stamps.First, "York"), Changed(Stamps.Third, Stamps.Second, "Hull"));
        await _lake.PutAsync(Staff(Stamps.Fourth, named));

        await _lake.SweepAsync();

        Assert.Equal([location], _lake.ParquetFile($"dim_staff/{Stamps.Fourth}").Select("location"));
    }

    [Fact]
    public async Task A_row_whose_look_up_row_is_missing_or_cannot_be_read_is_rejected()
    {
        await _lake.PutAsync(new IngestedTable("department", Stamps.First, SourceRows.Department(1), SourceRows.Department(2, "17")) { OldestRead = Stamps.First });
        await _lake.PutAsync(new IngestedTable("staff", Stamps.First, SourceRows.Staff(1, 1), SourceRows.Staff(2, 2), SourceRows.Staff(3, 3)) { LookUps = Named(Stamps.First) });

        await _lake.SweepAsync();

        Assert.Single(_lake.Rows($"dim_staff/{Stamps.First}"));
        Assert.All(
            _lake.Rejected($"dim_staff/{Stamps.First}"),
            rejected => Assert.Equal("column 'department_id': table 'department' has no such row, or one that can't be read", rejected.GetProperty("reason").GetString()));
        Assert.Equal(2, _lake.Rejected($"dim_staff/{Stamps.First}").Length);
    }

    [Fact]
    public async Task A_version_that_names_none_of_its_look_up_is_unreadable()
    {
        await _lake.PutAsync(Department(Stamps.First, "Leeds"));
        await _lake.PutAsync(new IngestedTable("staff", Stamps.First, SourceRows.Staff()));

        await _lake.SweepAsync();

        await AssertUnreadableAsync("names no version of 'department'");
    }

    [Fact]
    public async Task A_broken_chain_of_the_look_up_makes_the_version_unreadable_and_the_next_one_goes_on()
    {
        await _lake.PutAsync(Changed(Stamps.Second, Stamps.First, "York"), Department(Stamps.Third, "Hull"));
        await _lake.PutAsync(Staff(Stamps.First, Stamps.Second), Staff(Stamps.Second, Stamps.Third));

        await _lake.SweepAsync();

        await AssertUnreadableAsync($"the rows of 'department/{Stamps.Second}', which its rows refer to, can't be read: 'department/{Stamps.First}.json.gz' is missing");
        Assert.Equal(["Hull"], _lake.ParquetFile($"dim_staff/{Stamps.Second}").Select("location"));
    }

    [Fact]
    public async Task The_look_up_is_read_once_for_the_versions_that_go_with_it()
    {
        await _lake.PutAsync(Department(Stamps.First, "Leeds"));
        await _lake.PutAsync(Staff(Stamps.First, Stamps.First), Staff(Stamps.Second, Stamps.First), Staff(Stamps.Third, Stamps.First));

        await _lake.SweepAsync();

        Assert.Single(_lake.Ingestion.Opened, key => key == $"department/{Stamps.First}.json.gz");
    }

    [Fact]
    public async Task Address_is_a_look_up_and_makes_a_dimension_too()
    {
        await _lake.PutAsync(new IngestedTable("address", Stamps.First, SourceRows.Address()) { OldestRead = Stamps.First });
        await _lake.PutAsync(new IngestedTable("counterparty", Stamps.First, SourceRows.Counterparty()) { LookUps = new Dictionary<string, string> { ["address"] = Stamps.First } });

        var summary = await _lake.SweepAsync();

        Assert.Equal(["dim_location", "dim_counterparty"], summary.Versions.Select(version => version.Target.Value));
        Assert.Equal(["1|Fahey & Sons|6826 Herzog Via|NULL|Avon|New Patienceburgh|08841|Turkey|0447 798320"], _lake.Rows($"dim_counterparty/{Stamps.First}"));
    }

    private static IngestedTable Department(string version, string location) =>
        new("department", version, SourceRows.Department(location: $"\"{location}\"")) { OldestRead = version };

    private static IngestedTable Changed(string version, string previous, string location) =>
        Department(version, location) with { Kind = VersionKind.Changes, Previous = previous, OldestRead = Stamps.First };

    private static IngestedTable Staff(string version, string lookUp) => new("staff", version, SourceRows.Staff()) { LookUps = Named(lookUp) };

    private static Dictionary<string, string> Named(string version) => new() { ["department"] = version };

    private async Task AssertUnreadableAsync(string reason)
    {
        Assert.True((await _lake.MetadataAsync($"dim_staff/{Stamps.First}")).IsUnreadable);
        Assert.Contains(reason, Assert.Single(_lake.Messages(LogLevel.Error)), StringComparison.Ordinal);
    }
}
