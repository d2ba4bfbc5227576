using EtlPipeline.Core.Hosting;
using EtlPipeline.Extract.Tests.Scenes;

namespace EtlPipeline.Extract.Tests;

public sealed class LookUpTests
{
    private const string Tables = "staff,department";

    private const string Schema = """
        CREATE TABLE department (department_id int PRIMARY KEY, name text);
        CREATE TABLE staff (staff_id int PRIMARY KEY, department_id int);
        INSERT INTO department VALUES (1, 'Sales'), (2, 'Stock');
        INSERT INTO staff VALUES (1, 1), (2, 2), (3, 1);
        """;

    [Fact]
    public async Task A_version_names_the_version_of_its_look_up()
    {
        await using var scene = await ExtractScene.CreateAsync(Schema);

        var summary = await scene.RunAsync(Tables);

        Assert.Equal(["department", "staff"], summary.Tables.Select(table => table.Table.Value));
        Assert.Equal((await scene.NewestAsync("department")).Key.Version, (await scene.NewestAsync("staff")).Metadata.LookUp);
        Assert.Null((await scene.NewestAsync("department")).Metadata.LookUp);
    }

    [Fact]
    public async Task Every_row_counts_as_changed_where_the_look_up_has_a_newer_version()
    {
        await using var scene = await ExtractScene.CreateAsync(Schema);
        await scene.RunAsync(Tables);
        var first = await scene.NewestAsync("staff");

        await scene.ExecuteAsync("UPDATE department SET name = 'Sales and more' WHERE department_id = 1; DELETE FROM staff WHERE staff_id = 2");
        await scene.RunAsync(Tables);

        var second = await scene.NewestAsync("staff");
        Assert.Equal((await scene.NewestAsync("department")).Key.Version, second.Metadata.LookUp);
        Assert.Equal((2, 2, 1), (second.Metadata.Rows, second.Metadata.Changed, second.Metadata.Deleted));
        Assert.Equal(second.Rows, second.ChangedRows);
        Assert.Equal(first.Key.Version, second.Metadata.Previous);
    }

    [Fact]
    public async Task Nothing_is_written_where_neither_the_table_nor_its_look_up_has_changed()
    {
        await using var scene = await ExtractScene.CreateAsync(Schema);
        await scene.RunAsync(Tables);

        await scene.RunAsync(Tables);

        Assert.Single(await scene.KeysAsync("staff"));
    }

    [Fact]
    public async Task A_look_up_that_fails_leaves_its_older_version_in_force()
    {
        await using var scene = await ExtractScene.CreateAsync(Schema);
        await scene.RunAsync(Tables);
        var department = await scene.NewestAsync("department");
        await scene.ExecuteAsync("DELETE FROM department; INSERT INTO staff VALUES (4, 2)");

        await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(Tables));

        Assert.Equal(department.Key.Version, (await scene.NewestAsync("staff")).Metadata.LookUp);
        Assert.Single((await scene.NewestAsync("staff")).ChangedRows);
    }

    [Fact]
    public async Task A_version_is_not_put_where_that_of_its_look_up_could_not_be()
    {
        await using var scene = await ExtractScene.CreateAsync(Schema);
        scene.Bucket = new FailingBucket(scene.Bucket) { FailPutsUnder = "department/" };

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(Tables));

        Assert.Equal(["department", "staff"], failure.Failures.Select(table => table.Subject));
        Assert.Empty(await scene.KeysAsync("staff"));
    }

    [Fact]
    public async Task A_table_waits_where_the_versions_of_its_look_up_can_t_be_listed()
    {
        await using var scene = await ExtractScene.CreateAsync(Schema);
        await scene.RunAsync(Tables);
        scene.Bucket = new FailingBucket(scene.Bucket) { FailListsUnder = "department/" };
        await scene.ExecuteAsync("INSERT INTO staff VALUES (4, 2)");

        var failure = await Assert.ThrowsAsync<StageFailedException>(() => scene.RunAsync(Tables));

        Assert.Equal(["department", "staff"], failure.Failures.Select(table => table.Subject));
        scene.Bucket = ((FailingBucket)scene.Bucket).Inner;
        Assert.Single(await scene.KeysAsync("staff"));
    }
}
