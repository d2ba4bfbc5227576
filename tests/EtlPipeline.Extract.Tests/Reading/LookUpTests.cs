using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests.Reading;

/// <summary>staff carries columns of department: the look-up table comes first, and its changes have the other read.</summary>
public sealed class LookUpTests
{
    private const string Tables = "staff,department";

    [Fact]
    public async Task The_look_up_table_comes_first_and_the_version_names_its_version()
    {
        await using var scene = await CreateAsync();

        await scene.RunAsync(Tables);

        var department = await scene.NewestAsync("department");
        var staff = await scene.NewestAsync("staff");
        Assert.True(department.Key.Version < staff.Key.Version);
        Assert.Equal(department.Key.Version, Assert.Single(staff.Segments.LookUps).Value);
        Assert.Equal(department.Metadata.Verified, staff.Metadata.Verified);
    }

    [Fact]
    public async Task A_change_of_the_look_up_table_has_the_other_read_in_the_same_run()
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync(Tables);

        await scene.ExecuteAsync("UPDATE department SET department_name = 'other'");
        var versions = (await scene.RunAsync(Tables)).Versions;

        Assert.Equal(["department", "staff"], versions.Select(version => version.Table.Value));
        Assert.Equal(VersionReason.Lookup, versions[1].Reason);
        Assert.Equal(versions[0].Version, (await scene.NewestAsync("staff")).Segments.LookUps.Values.Single());
        Assert.Empty((await scene.RunAsync(Tables)).Versions);
    }

    [Fact]
    public async Task A_change_of_a_look_up_table_that_is_overdue_has_the_other_read_in_the_same_run()
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync(Tables);
        await scene.AgeAsync(TimeSpan.FromHours(30), "department");

        await scene.ExecuteAsync("UPDATE department SET department_name = 'other'");
        var versions = (await scene.RunAsync(Tables)).Versions;

        Assert.Equal([VersionReason.Changed, VersionReason.Lookup], versions.Select(version => version.Reason));
    }

    [Fact]
    public async Task The_daily_round_of_the_look_up_table_has_nothing_else_read()
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync(Tables);
        await scene.AgeAsync(TimeSpan.FromHours(13), "department");

        Assert.Equal(VersionReason.Round, Assert.Single((await scene.RunAsync(Tables)).Versions).Reason);
        Assert.Empty((await scene.RunAsync(Tables)).Versions);
    }

    [Fact]
    public async Task A_row_is_verified_no_later_than_the_look_up_table_s_rows_that_it_is_joined_with()
    {
        await using var scene = await CreateAsync();
        await scene.RunAsync(Tables);
        var department = (await scene.VersionsAsync("department"))[^1].Metadata.Verified;

        await scene.RunAsync(Tables, new ExtractRequest { Read = ExtractScene.Names("staff") });

        var staff = (await scene.VersionsAsync("staff"))[^1];
        Assert.True(staff.Key.Version > department);
        Assert.Equal(department, staff.Metadata.Verified);
    }

    [Fact]
    public async Task An_incomplete_look_up_table_holds_back_the_tables_that_need_it()
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync("INSERT INTO department SELECT i, 'department', now(), now() FROM generate_series(2, 100) AS i");
        scene.Limits = ExtractScene.Tiny;

        var summary = await scene.RunAsync(Tables, invocation: scene.WithLooks(4));
        Assert.Empty(await scene.VersionsAsync("staff"));
        Assert.True(summary.Tables.Single(table => table.Table.Value == "staff").IsLeft);

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(Tables, new ExtractRequest { Read = ExtractScene.Names("staff") }, scene.WithLooks(3)));
        Assert.Contains("staff", failure.Message, StringComparison.Ordinal);
        Assert.Contains("department", failure.Message, StringComparison.Ordinal);

        await scene.RunAsync(Tables);
        Assert.NotEmpty(await scene.VersionsAsync("staff"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_look_up_table_that_the_guard_refuses_holds_nothing_back(bool isComplete)
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync("INSERT INTO department SELECT i, 'department', now(), now() FROM generate_series(2, 9) AS i");
        await scene.RunAsync(Tables);
        if (!isComplete)
        {
            await scene.TamperAsync(
                metadata => metadata with { IsComplete = false },
                segments => segments with { Segments = [.. segments.Segments.Select(segment => segment with { Due = VersionReason.Bulk })] },
                "department");
        }

        var department = await scene.NewestAsync("department");

        await scene.ExecuteAsync("DELETE FROM department WHERE department_id > 1; UPDATE staff SET first_name = 'other'");
        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(Tables));

        var staff = await scene.NewestAsync("staff");
        Assert.Contains("other", staff.Body, StringComparison.Ordinal);
        Assert.Equal(department.Key.Version, staff.Segments.LookUps.Values.Single());
    }

    [Fact]
    public async Task A_look_up_table_that_changes_in_every_run_keeps_no_row_from_being_read_round()
    {
        await using var scene = await CreateAsync();
        await scene.ExecuteAsync("INSERT INTO staff SELECT i, 'A', 1 FROM generate_series(3, 100) AS i");
        scene.Limits = ExtractScene.Tiny;
        await scene.RunAsync(Tables);
        var first = (await scene.NewestAsync("staff")).Key.Version;

        var runs = 0;
        while (runs < 60 && (await scene.NewestAsync("staff")).Segments.Segments.Any(segment => segment.Read <= first))
        {
            await scene.ExecuteAsync($"UPDATE department SET department_name = 'name {++runs}'");
            await scene.RunAsync(Tables, invocation: scene.WithLooks(6));
        }

        // Each run reads a part, and none comes to the same part again before it has come to all.
        Assert.InRange(runs, 2, 59);
        var staff = await scene.NewestAsync("staff");
        Assert.All(staff.Segments.Segments, segment => Assert.True(segment.Since > first));
        Assert.Equal((await scene.NewestAsync("department")).Key.Version, staff.Segments.LookUps.Values.Single());
    }

    private static Task<ExtractScene> CreateAsync() => ExtractScene.CreateAsync("""
        CREATE TABLE department (department_id int PRIMARY KEY, department_name text, created_at timestamp, last_updated timestamp);
        CREATE TABLE staff (staff_id int PRIMARY KEY, first_name text, department_id int REFERENCES department);
        INSERT INTO department VALUES (1, 'one', now(), now());
        INSERT INTO staff VALUES (1, 'A', 1), (2, 'B', 1);
        """);
}
