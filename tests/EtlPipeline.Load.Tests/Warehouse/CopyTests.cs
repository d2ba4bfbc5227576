using EtlPipeline.Core.Lake;
using EtlPipeline.Load.Tests.Scenes;

namespace EtlPipeline.Load.Tests.Warehouse;

public class CopyTests
{
    private static readonly TargetDescription Note = TestTarget.Copy("stg_note", "id", "id integer!", "body text", "size integer");

    [Fact]
    public async Task A_copy_shows_current_rows_and_its_history_every_state()
    {
        await using var load = await LoadScene.CreateAsync();
        var notes = load.Target(Note);
        await notes.WholeAsync(1, [[1, "a", 1], [2, "b", 2], [3, "c", 3]]);
        await load.SweepAsync();
        await notes.WholeAsync(2, [[1, "a", 1], [3, "d", 3]], VersionReason.Deleted);
        await load.SweepAsync();

        Assert.Equal("(1,a,1) (3,d,3)", await load.RowsAsync("SELECT * FROM stg_note ORDER BY 1"));
        Assert.Equal("(1,a,t) (2,b,f) (3,c,f) (3,d,t)", await load.RowsAsync("SELECT id, body, valid_to IS NULL FROM stg_note_history ORDER BY record_id"));
        Assert.Equal("(2,b)", await load.RowsAsync($"SELECT id, body FROM stg_note_as_of('{LakeTarget.Stamp(1).Instant:O}') WHERE id = 2"));
    }

    [Fact]
    public async Task A_column_of_a_copy_that_gets_another_type_goes_on_under_another_name()
    {
        await using var load = await LoadScene.CreateAsync();
        var notes = load.Target(Note);
        await notes.WholeAsync(1, [[1, "a", 1]]);
        await load.SweepAsync();
        notes.Description = TestTarget.Copy("stg_note", "id", "id integer!", "body text", "size boolean");
        await notes.WholeAsync(2, [[1, "a", true]], VersionReason.Shape);
        await load.SweepAsync();

        Assert.Equal("(1,a,1,t)", await load.RowsAsync("SELECT id, body, size, size_2 FROM stg_note"));
        Assert.Single(load.Log.Entries, entry => entry.EventName == "ColumnRenamed" && entry.Message.Contains("'stg_note'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_whose_key_is_another_one_stops_and_the_error_has_the_statement_that_lets_it_begin_anew()
    {
        await using var load = await LoadScene.CreateAsync();
        var notes = load.Target(Note);
        await notes.WholeAsync(1, [[1, "a", 1]]);
        await load.SweepAsync();
        notes.Description = TestTarget.Copy("stg_note", "body", "id integer!", "body text!", "size integer");
        await notes.WholeAsync(2, [[1, "a", 1]], VersionReason.Shape);

        Assert.Contains("""SET search_path TO "public"; DROP TABLE "stg_note", "stg_note_history" CASCADE""", await load.FailingSweepAsync(), StringComparison.Ordinal);
        await load.Database.ExecuteAsync("DROP TABLE stg_note, stg_note_history CASCADE; DELETE FROM etl_target");
        await load.SweepAsync();
        Assert.Equal("(1,a,1)", await load.RowsAsync("SELECT * FROM stg_note"));
    }
}
