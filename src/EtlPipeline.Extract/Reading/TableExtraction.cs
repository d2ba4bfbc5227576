using EtlPipeline.Core.Lake;
using EtlPipeline.Extract.Publication;
using EtlPipeline.Extract.Source;

namespace EtlPipeline.Extract.Reading;

/// <summary>A table in a run: what is known of it, and how its versions are put.</summary>
internal sealed class TableExtraction
{
    private readonly ExtractRun _run;
    private readonly VersionWriter _writer;
    private readonly SeenSet _seen;

    public TableExtraction(ExtractRun run, TableChain chain, SourceRelation relation, VersionWriter writer)
    {
        (_run, _writer, Chain, Relation, _seen) = (run, writer, chain, relation, new SeenSet(run.Point.Xmin));
        var isKept = chain.State is { } state && state.Segments.Key.Equals(relation.Key);
        Segments = isKept ? new SegmentMap(relation.Key, chain.State!.Segments.Segments, run.Limits) : SegmentMap.Begin(relation.Key, run.Limits);
        LookUps = isKept ? chain.State!.Segments.LookUps : new Dictionary<TableName, TableVersion>();
        Newest = chain.Newest;
        IsAccepted = run.Request.AcceptDeletes.Contains(relation.Table)
            || chain.State is { Segments.IsAccepted: true, Metadata.IsComplete: false };
    }

    public TableName Table => Relation.Table;

    public TableChain Chain { get; }

    public SourceRelation Relation { get; }

    public SegmentMap Segments { get; }

    /// <summary>The version of each look-up table that the next version goes with.</summary>
    public IReadOnlyDictionary<TableName, TableVersion> LookUps { get; set; }

    /// <summary>Since when the look-up tables' rows have been compared; null if the table needs none.</summary>
    public TableVersion? LookUpsVerified { get; set; }

    /// <summary>The newest version, this run's included.</summary>
    public TableVersion? Newest { get; private set; }

    /// <summary>Since when the newest version's rows have been compared; null if not all were.</summary>
    public TableVersion? Verified => Put.Count > 0 ? SegmentTotals.Verified(Segments.All) : Chain.State?.Metadata.Verified;

    /// <summary>The versions that this run has put.</summary>
    public List<VersionWritten> Put { get; } = [];

    /// <summary>Whether an event has accepted deletes, and the table has not been complete since.</summary>
    public bool IsAccepted { get; }

    /// <summary>Whether the guard has refused the table.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The content of a relation without transaction ids.</summary>
    public string? Content { get; set; }

    /// <summary>Whether due and unknown segments take turns, and it is an unknown one's.</summary>
    public bool IsTurnOfUnknown { get; set; }

    /// <summary>What counts as changed; null if the transaction ids can't be compared with those of the newest version.</summary>
    public ChangedSince? Since { get; set; }

    /// <summary>Notes transactions whose rows were visible.</summary>
    public void See(IEnumerable<ulong> transactions)
    {
        foreach (var transaction in transactions) _seen.Add(transaction);
    }

    /// <summary>Notes the transaction of a row that was read.</summary>
    public void See(ulong? transaction)
    {
        if (transaction is { } id) _seen.Add(id);
    }

    /// <summary>Begins a version, so that its segments can name it.</summary>
    public Draft Begin(VersionKind kind, VersionReason reason) => _writer.Begin(kind, reason, _run.Stamps.Take());

    /// <summary>Puts a version. Metadata and segments say what is true once it is there.</summary>
    public async Task PutAsync(Draft draft, KeyRange? range)
    {
        var metadata = Describe(draft);
        var segments = new SegmentsObject
        {
            Table = Table,
            Key = Relation.Key,
            Columns = [.. Relation.Columns.Select(column => column.Column)],
            Comment = Relation.Comment,
            Range = range,
            LookUps = LookUps,
            IsAccepted = IsAccepted,
            Software = Software.Version,
            Segments = [.. Segments.All],
            Seen = _seen.ToSeen(),
        };
        if (_seen.IsCut) _writer.WarnOfForgotten(Table);
        Put.Add(await _writer.PutAsync(Table, draft, metadata, segments, _run.CancellationToken));
        Newest = draft.Version;
        _run.Invocation.LastDone = new VersionKey(Table, draft.Version).ToString();
    }

    private VersionMetadata Describe(Draft draft) => new()
    {
        Kind = draft.Kind,
        Reason = draft.Reason,
        Source = _run.Source,
        Run = _run.Invocation.RequestId,
        RunStamp = _run.Stamps.Run,
        Rows = draft.Body.Rows,
        Previous = Newest,
        ExtractedAt = _run.Point.TakenAt,
        SnapshotXmin = _run.Point.Xmin,
        SnapshotXmax = _run.Point.Xmax,
        Wal = _run.Point.Wal,
        Server = _run.Point.Server,
        Shape = Relation.Shape,
        Key = Relation.Key.ToString(),
        Content = Content,
        OldestRead = SegmentTotals.OldestRead(Segments.All),
        Verified = SegmentTotals.Verified(Segments.All),
        IsComplete = Segments.IsComplete,
    };
}
