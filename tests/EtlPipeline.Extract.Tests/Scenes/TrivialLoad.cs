using System.Text.Json;
using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Tests.Scenes;

/// <summary>The least that Load does: the newest row a key, without those whose key lies in the range of a later chunk that doesn't hold it.</summary>
internal sealed class TrivialLoad
{
    private readonly Dictionary<RowKey, string> _rows = [];
    private TableKey? _key;

    /// <summary>The rows, in key order.</summary>
    public IReadOnlyList<string> Rows => _key is null ? [] : [.. _rows.OrderBy(row => row.Key, _key).Select(row => row.Value)];

    /// <summary>The keys whose rows a chunk of the daily round has changed: they should have been followed.</summary>
    public List<string> Corrections { get; } = [];

    public int Applied { get; private set; }

    public void Apply(StoredVersion version)
    {
        Applied++;
        if (_key is { } && !_key.Equals(version.Segments.Key)) _rows.Clear();
        _key = version.Segments.Key;
        var rows = version.Rows.ToDictionary(row => KeyOf(_key, row));
        var isRound = version.Metadata.Reason == VersionReason.Round;
        if (version.Segments.Range is { } range)
        {
            foreach (var gone in _rows.Keys.Where(key => range.Contains(key, _key) && !rows.ContainsKey(key)).ToList())
            {
                _rows.Remove(gone);
                if (isRound) Corrections.Add($"{version.Key}: {string.Join(',', gone.Values)} is gone");
            }
        }

        foreach (var (key, row) in rows)
        {
            if (isRound && _rows.GetValueOrDefault(key) != row) Corrections.Add($"{version.Key}: {string.Join(',', key.Values)} is another");
            _rows[key] = row;
        }
    }

    private static RowKey KeyOf(TableKey key, string row)
    {
        using var json = JsonDocument.Parse(row);
        return new RowKey(key.Columns.Select(column => json.RootElement.GetProperty(column.Name).ToString()).ToList());
    }
}
