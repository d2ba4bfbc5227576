namespace EtlPipeline.Extract.Planning;

/// <summary>Why all rows are read and compared, although a version is there to start from.</summary>
internal static class ComparisonReason
{
    public const string NoMetadata = "the newest version's metadata is missing or damaged";
    public const string OtherBody = "the newest version's body is not what its metadata says";
    public const string NoTransactionIds = "its rows don't tell which transaction wrote them";
    public const string OtherServer = "the server was restarted, restored or replaced";
    public const string TransactionIdsRestarted = "the server's transaction ids are lower than before";
    public const string TransactionIdsWrapped = "2^31 transactions have passed";
    public const string OtherShape = "the table's form has changed";
    public const string Due = "the last full comparison was more than 24 hours ago";
}
