using System.Text;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Targets;

/// <summary>Targets that go together: each name is there once, and what they refer to is there too.</summary>
public sealed class TargetList
{
    /// <summary>PostgreSQL's longest name, in bytes of UTF-8 (<i>Lexical Structure: Identifiers and Key Words</i>).</summary>
    internal const int LongestName = 63;

    private readonly ITarget[] _targets;
    private readonly TargetDescription _calendar;

    private TargetList(TargetDescription calendar, ITarget[] targets) => (_calendar, _targets) = (calendar, targets);

    /// <summary>Names that the pipeline's own columns have, beside those of a target.</summary>
    public static IReadOnlySet<string> TechnicalColumns { get; } = new HashSet<string> { ParquetKeys.RejectedColumn, "record_id", "valid_from", "valid_to" };

    /// <summary>The targets.</summary>
    public IReadOnlyList<ITarget> All => _targets;

    /// <summary>Puts targets together.</summary>
    /// <param name="calendar">The days, to which targets may refer.</param>
    /// <param name="targets">The targets.</param>
    /// <exception cref="PipelineException">They don't go together; the message names each target and its fault.</exception>
    public static TargetList Of(TargetDescription calendar, params ITarget[] targets)
    {
        var list = new TargetList(calendar, targets);
        var faults = list.FindFaults().ToList();
        return faults.Count == 0
            ? list
            : throw new PipelineException($"The targets can't be used until their files are mended: {string.Join("; ", faults)}.");
    }

    /// <summary>The list without the targets of some source tables, which are carried as they are.</summary>
    public TargetList Without(TableList copied) => new(_calendar, [.. _targets.Where(target => !copied.Contains(target.Source))]);

    /// <summary>The target of a name; null if there is none.</summary>
    public ITarget? Find(TableName target) => Array.Find(_targets, found => found.Description.Name == target);

    /// <summary>The targets that are made from a source table; empty if none is.</summary>
    public IReadOnlyList<ITarget> OfSource(TableName source) => [.. _targets.Where(target => target.Source == source)];

    /// <summary>The look-up tables whose columns the targets of a source table carry too.</summary>
    public IReadOnlyList<TableName> LookUpsOf(TableName source) =>
        [.. OfSource(source).SelectMany(target => target.LookUps).Select(lookUp => lookUp.Table).Distinct()];

    /// <summary>Whether targets of other tables carry columns of this one.</summary>
    public bool IsLookUp(TableName table) => Array.Exists(_targets, target => target.LookUps.Any(lookUp => lookUp.Table == table));

    private IEnumerable<string> FindFaults()
    {
        var names = new HashSet<TableName> { _calendar.Name };
        foreach (var target in _targets)
        {
            if (!TryDescribe(target, out var description, out var fault))
            {
                yield return $"{target.File}: {fault}";
                continue;
            }

            if (!names.Add(description.Name)) yield return $"{target.File}: there are two targets of the name '{description.Name}'";
            foreach (var found in FindFaults(description)) yield return $"{target.File}: {found}";
        }
    }

    private static bool TryDescribe(ITarget target, out TargetDescription description, out string fault)
    {
        (description, fault) = (null!, string.Empty);
        try
        {
            _ = target.Source;
            description = target.Description;
            return true;
        }
        catch (FormatException exception)
        {
            fault = exception.Message;
            return false;
        }
    }

    private IEnumerable<string> FindFaults(TargetDescription target)
    {
        if (target.Key.Count == 0) yield return "it has no key column";
        foreach (var key in target.Key.Except(target.Columns.Select(column => column.Name))) yield return $"its key column '{key}' isn't one of its columns";
        foreach (var name in target.Columns.Select(column => column.Name).Where(name => TechnicalColumns.Contains(name) || name == target.RecordId))
            yield return $"the column name '{name}' belongs to a column that the pipeline adds";
        foreach (var name in target.Columns.GroupBy(column => column.Name).Where(group => group.Count() > 1).Select(group => group.Key))
            yield return $"there are two columns of the name '{name}'";
        foreach (var name in target.Columns.Select(column => column.Name).Concat(target.Computed.Select(column => column.Name)).Where(name => name.Length == 0 || Encoding.UTF8.GetByteCount(name) > LongestName))
            yield return $"the column name '{name}' is empty, or longer than PostgreSQL's {LongestName} bytes";
        foreach (var column in target.Columns.Where(column => target.Key.Contains(column.Name) && !(column.Type.CanBeKey && column.IsRequired)))
            yield return $"a key column can't be of type {column.Type}, or optional: '{column.Name}'";
        foreach (var column in target.Columns.Where(column => column.References is { } dimension && !IsDimension(dimension)))
            yield return $"column '{column.Name}' refers to '{column.References}', which isn't a dimension here";
    }

    private bool IsDimension(TableName name) =>
        name == _calendar.Name || Array.Exists(_targets, target => TryDescribe(target, out var found, out _) && found.Name == name && found.Kind == TargetKind.Dimension);
}
