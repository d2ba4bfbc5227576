using System.Text;
using System.Text.Json;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.PostgreSql;
using Npgsql;

namespace EtlPipeline.Load.Warehouse;

/// <summary>What became of a version.</summary>
internal enum VersionOutcome
{
    /// <summary>Its rows are in the warehouse.</summary>
    Loaded,

    /// <summary>Transform couldn't read what it was to be made from.</summary>
    Unreadable,

    /// <summary>It isn't what Transform wrote.</summary>
    Damaged,

    /// <summary>It would have ended most of what its range holds.</summary>
    Skipped,
}

/// <summary>A target's row in <c>etl_target</c>: how far it is loaded, and how far it is right.</summary>
internal sealed record TargetState(TableName Target)
{
    public string? Kind { get; init; }
    public string? Source { get; init; }
    public TableVersion? Version { get; init; }

    /// <summary>All versions after this one are here and could be read; null if that holds for all there are.</summary>
    public TableVersion? CompleteAfter { get; init; }
    public TableVersion? NewestComplete { get; init; }
    public TableVersion? VerifiedThrough { get; init; }
    public TableVersion? HistorySince { get; init; }
    public string? Mapping { get; init; }
    public bool IsBlocked { get; init; }

    /// <summary>Columns that were added, each with the version that brought it.</summary>
    public IReadOnlyDictionary<string, TableVersion> Filling { get; init; } = new Dictionary<string, TableVersion>();
    public TargetDescription? Description { get; init; }

    /// <summary>The source table, as far as it is known: what Extract has to read if something is missing here.</summary>
    public TableName SourceTable => Description?.Source ?? Target;

    /// <summary>Whether every row has been compared since no version was missing: only then is a difference that a round finds one that the following missed.</summary>
    public bool IsVerified => VerifiedThrough is { } verified && !(verified <= CompleteAfter);

    /// <summary>Whether Extract could compare the number of rows with what this warehouse holds.</summary>
    public bool IsCounted => NewestComplete is { } complete && !(complete <= CompleteAfter);

    /// <summary>Whether a chunk may end what its range holds no longer.</summary>
    public bool MayEnd(ParquetMetadata metadata) => !IsBlocked || metadata.IsAccepted;

    /// <summary>Reads all targets.</summary>
    public static async Task<IReadOnlyDictionary<TableName, TargetState>> ReadAllAsync(WarehouseSession session) =>
        (await session.QueryAsync(WarehouseSession.Script("find_targets").Text, Read)).ToDictionary(state => state.Target);

    /// <summary>The state before a version's own rows count: what is known once it is clear that versions are missing between, or that rows were mapped differently.</summary>
    public TargetState Before(ParquetMetadata metadata) => this with
    {
        CompleteAfter = Newest(
            CompleteAfter,
            Version == metadata.Previous ? null : metadata.Previous ?? Version,
            Mapping is null || Mapping == metadata.Mapping ? null : Newest(Version, metadata.Previous)),
    };

    /// <summary>The state after a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="metadata">What lies beside it; null if that is damaged.</param>
    /// <param name="description">What the target says of itself; null if that can't be known.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="isUntold">Whether it is a chunk whose range can't be told.</param>
    public TargetState After(TableVersion version, ParquetMetadata? metadata, TargetDescription? description, VersionOutcome outcome, bool isUntold)
    {
        if (metadata is null || outcome != VersionOutcome.Loaded)
            return this with { Version = version, CompleteAfter = version, IsBlocked = IsBlocked || outcome == VersionOutcome.Skipped };
        var before = Before(metadata);
        var endsNothing = metadata.Kind == VersionKind.Chunk && (isUntold || !MayEnd(metadata));
        var completeAfter = endsNothing ? version : before.CompleteAfter;
        // All rows were sent again after the gap; since when their look-ups are known is another matter, and may be a little earlier.
        var isVerified = metadata is { IsComplete: true, Verified: { }, OldestRead: { } read } && !(read <= completeAfter);
        return before with
        {
            Source = Source ?? metadata.Source?.ToString(),
            Version = version,
            CompleteAfter = completeAfter,
            NewestComplete = metadata.IsComplete ? version : NewestComplete,
            VerifiedThrough = isVerified ? metadata.Verified : VerifiedThrough,
            HistorySince = HistorySince ?? (isVerified ? metadata.RunStamp : null),
            Mapping = metadata.Mapping,
            IsBlocked = IsBlocked && !metadata.IsAccepted,
            Description = description ?? Description,
        };
    }

    /// <summary>Moves the target's row on, if it still is as it was read; false if another Load has moved it.</summary>
    public async Task<bool> TryMoveAsync(WarehouseSession session, TargetState next)
    {
        if (Version is null) await session.ExecuteAsync(WarehouseSession.Script("add_target").Text, SqlRunner.Parameter(Target.Value), SqlRunner.Parameter(next.Kind ?? "unknown"));
        return await session.ExecuteAsync(
            WarehouseSession.Script("claim_version").Text,
            SqlRunner.Parameter(Target.Value), Text(Version?.ToString()), Text(next.Kind), Text(next.Source), Text(next.Description?.Source?.Value),
            Text(next.Version?.ToString()), Text(next.CompleteAfter?.ToString() ?? string.Empty), Text(next.NewestComplete?.ToString()), Text(next.VerifiedThrough?.ToString()),
            Text(next.HistorySince?.ToString()), Text(next.Mapping), SqlRunner.Parameter(next.IsBlocked),
            Text(next.Description is { } description ? Encoding.UTF8.GetString(description.ToJson().Span) : null)) == 1;
    }

    /// <summary>A text parameter that may be NULL.</summary>
    public static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static TableVersion? Newest(params IEnumerable<TableVersion?> versions) => versions.Max();

    private static TargetState Read(NpgsqlDataReader reader)
    {
        return new TargetState(TableName.Parse(reader.GetString(0)))
        {
            Kind = reader.GetString(1),
            Source = Text(2),
            Version = Stamp(3),
            CompleteAfter = Stamp(4),
            NewestComplete = Stamp(5),
            VerifiedThrough = Stamp(6),
            HistorySince = Stamp(7),
            Mapping = Text(8),
            IsBlocked = reader.GetBoolean(9),
            Filling = ReadFilling(reader.GetString(10)),
            Description = Text(11) is { } json ? TryParse(json) : null,
        };

        string? Text(int field) => reader.IsDBNull(field) ? null : reader.GetString(field);
        TableVersion? Stamp(int field) => TableVersion.TryParse(Text(field), out var version) ? version : null;
    }

    private static Dictionary<string, TableVersion> ReadFilling(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(column => column.Name, column => TableVersion.Parse(column.Value.GetString()!), StringComparer.Ordinal);
    }

    private static TargetDescription? TryParse(string json)
    {
        try
        {
            return TargetDescription.Parse(Encoding.UTF8.GetBytes(json));
        }
        catch (FormatException)
        {
            // A newer Load wrote it. The version at hand says what the target is.
            return null;
        }
    }
}
