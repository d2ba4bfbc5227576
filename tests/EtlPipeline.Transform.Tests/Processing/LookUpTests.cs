using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Transform.Targets;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Processing;

public sealed class LookUpTests : IDisposable
{
    private readonly Lake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void The_look_ups_of_the_targets_are_those_of_the_catalogue() =>
        Assert.All(WarehouseTargets.All, target => Assert.Equal(SourceCatalogue.LookUpOf(target.Source), target.LookUp));

    [Theory]
    [InlineData(null)]
    [InlineData(Stamps.Second)]
    public async Task The_look_up_is_the_newest_version_that_is_not_newer_than_the_driving_one(string? named)
    {
        await PutDepartmentAsync(Stamps.First, "\"Leeds\"");
        await PutDepartmentAsync(Stamps.Second, "\"York\"");
        await PutDepartmentAsync(Stamps.Third, "\"Hull\"");
        await PutStaffAsync(Stamps.Second, named);

        await _lake.SweepAsync();

        Assert.Equal(["York"], Locations(Stamps.Second));
    }

    [Fact]
    public async Task The_version_that_the_metadata_names_is_used_where_it_exists()
    {
        await PutDepartmentAsync(Stamps.First, "\"Leeds\"");
        await PutDepartmentAsync(Stamps.Second, "\"York\"");
        await PutStaffAsync(Stamps.Third, Stamps.First);

        await _lake.SweepAsync();

        Assert.Equal(["Leeds"], Locations(Stamps.Third));
    }

    [Fact]
    public async Task Where_the_named_version_is_gone_the_newest_not_newer_one_is_used()
    {
        await PutDepartmentAsync(Stamps.First, "\"Leeds\"");
        await PutStaffAsync(Stamps.Third, Stamps.Second);

        await _lake.SweepAsync();

        Assert.Equal(["Leeds"], Locations(Stamps.Third));
    }

    [Fact]
    public async Task A_row_whose_look_up_row_is_missing_is_rejected()
    {
        await PutDepartmentAsync(Stamps.First, "\"Leeds\"");
        await _lake.PutAsync(new IngestedTable("staff", Stamps.First) { Changed = [SourceRows.Staff(1), SourceRows.Staff(2, department: 99)], LookUp = Stamps.First });

        await _lake.SweepAsync();

        Assert.Single(_lake.Rows($"dim_staff/{Stamps.First}"));
        var rejected = Assert.Single(_lake.Rejected($"dim_staff/{Stamps.First}"));
        Assert.Equal("column 'department_id': table 'department' has no such row, or one that can't be read", rejected.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_row_whose_look_up_row_cannot_be_read_is_rejected()
    {
        await PutDepartmentAsync(Stamps.First, "17");
        await PutStaffAsync(Stamps.First, Stamps.First);

        await _lake.SweepAsync();

        Assert.Single(_lake.Rejected($"dim_staff/{Stamps.First}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no json")]
    public async Task A_version_waits_for_its_look_up_and_nothing_is_written(string? body)
    {
        if (body is { }) await _lake.PutAsync($"department/{Stamps.First}.json", body);
        await PutStaffAsync(Stamps.First, Stamps.First);

        var failure = await Assert.ThrowsAsync<StageFailedException>(_lake.SweepAsync);

        Assert.Contains($"'staff/{Stamps.First}.json'", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_lake.Keys("dim_staff/"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no json")]
    public async Task A_version_without_its_look_up_is_stepped_over_once_the_next_brings_all_its_rows(string? body)
    {
        if (body is { }) await _lake.PutAsync($"department/{Stamps.First}.json", body);
        await PutStaffAsync(Stamps.First, Stamps.First);
        await PutDepartmentAsync(Stamps.Second, "\"York\"");
        await _lake.PutAsync(new IngestedTable("staff", Stamps.Second)
        {
            Unchanged = [SourceRows.Staff(1)],
            Changed = [SourceRows.Staff(2)],
            Previous = Stamps.First,
            LookUp = Stamps.Second,
        });

        await _lake.SweepAsync();

        Assert.True((await _lake.MetadataAsync($"dim_staff/{Stamps.First}")).IsUnreadable);
        Assert.Equal(["York", "York"], Locations(Stamps.Second));
        Assert.Single(_lake.Messages("Error"));
    }

    [Fact]
    public async Task Address_is_a_look_up_and_makes_a_dimension_too()
    {
        await _lake.PutAsync(new IngestedTable("address", Stamps.First) { Changed = [SourceRows.Address()] });
        await _lake.PutAsync(new IngestedTable("counterparty", Stamps.First) { Changed = [SourceRows.Counterparty()], LookUp = Stamps.First });

        var summary = await _lake.RingAsync($"address/{Stamps.First}.json");

        Assert.Equal("dim_location", Assert.Single(summary.Versions).Target.Value);
    }

    private string[] Locations(string version) => _lake.ParquetFile($"dim_staff/{version}").Select("location");

    private Task PutDepartmentAsync(string version, string location) =>
        _lake.PutAsync(new IngestedTable("department", version) { Changed = [SourceRows.Department(location: location)] });

    private Task PutStaffAsync(string version, string? lookUp) =>
        _lake.PutAsync(new IngestedTable("staff", version) { Changed = [SourceRows.Staff()], LookUp = lookUp });
}
