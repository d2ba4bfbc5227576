namespace EtlPipeline.Pipeline.Tests.Histories;

/// <summary>Histories that the pipeline, or a draft of it, once came out of with a wrong warehouse, and some that a reader would try first.</summary>
internal static class FailedOnce
{
    public static IReadOnlyList<string> Histories { get; } =
    [
        "bad-date:2 run:1 delete-beside-bad:2 run:1 delete-bad:2 run:1",
        "bad-date:2 run:1 delete-bad:2 run:1 run-full:0",
        "insert-bad:3 run:1 run-full:0 delete-bad:0 empty-ingestion:0 run:1",
        "bad-date:2 run-with-parquet-damaged:0 delete-bad:1 run:1 run-full:0",
        "rename-needed-column:0 run:1 delete-payments:1 run:1 rename-needed-column-back:0 run:1",
        "replace-primary-key:0 delete-some:0 run:1 put-primary-key-back:0 run:1",
        "replace-database:0 update-silently:1 run:1 delete:1 run:1",
        "empty-ingestion:0 truncate-table:0 run:0 hours-pass:11 run:0 run-accepting:1 run:1",
        "late-insert:1 late-update:2 run:1 insert:1 run:1 commit-late:0 run:1",
        "forget-prepared-elsewhere:1 update:1 run:1 run:1 update:2 run:1",
        "remove-department:2 run:1 rename-department:3 run:1 restore-department:0 run:1",
        "hours-pass:12 run:1 hours-pass:12 run:1 run-cut-off:3 run-cut-off:1 run:1",
        "run-while-written:4 run-while-written:5 run-while-written:0 run:1",
        "unknown-currency:1 run:1 mend-currency:0 run-killed:300 run:1",
        "delete-and-insert:52 change-key:542 insert-many:52 run-cut-off:711",
        "lose-segments:0 run:1 lose-newest-version:0 update:3 run:1 delete:3 run:1",
        "hours-pass:11 hours-pass:11 hours-pass:11 delete-and-insert:376 run:1",
        "hours-pass:11 move-staff:1 run:1 hours-pass:11 hours-pass:11 rename-department:925 run:1",
        "refer-to-nobody:1 run:1 hire-nobody:1 run:1 dismiss-somebody:1 run:1 hours-pass:12 hours-pass:12 run:1 run-full:0 hire-nobody:1 run:1",
        "refer-to-nobody:0 hire-nobody:0 run:1 dismiss-somebody:0 empty-lake:0 run:1 hire-nobody:0 rename-department:0 run:1 dismiss-somebody:0 replace-database:0 run:1",
    ];
}
