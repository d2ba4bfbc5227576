using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace EtlPipeline.Benchmarks;

/// <summary>What was measured with one number of orders, as it lies in <c>docs/</c>.</summary>
/// <param name="Rows">How many orders.</param>
/// <param name="Circumstances">Machine, versions, commit and date.</param>
/// <param name="Measurements">The figures.</param>
internal sealed record Figures(long Rows, string Circumstances, IReadOnlyList<Measurement> Measurements);

/// <summary>The measured part of <c>docs/performance.md</c>, between two markers, made from the raw figures beside it: a file for each number of orders.</summary>
internal static class PerformancePage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes page and figures, and says what has become worse than the last written figures by more than a fifth.</summary>
    public static async Task WriteAsync(string docs, long rows, string server, string commit, IReadOnlyList<Measurement> measurements, Action<string> say)
    {
        var path = Path.Combine(docs, $"performance-{rows.ToString(CultureInfo.InvariantCulture)}.json");
        if (File.Exists(path)) Compare((await ReadAsync(path)).Measurements, measurements, say);
        var figures = new Figures(rows, Circumstances(server, commit), measurements);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Indented) + "\n");
        var all = await Task.WhenAll(Directory.GetFiles(docs, "performance-*.json").Select(ReadAsync));
        Array.Sort(all, (one, other) => one.Rows.CompareTo(other.Rows));
        var page = Path.Combine(docs, "performance.md");
        await ReplaceAsync(page, "measured", Table(all));
        await ReplaceAsync(page, "calculated", new WhatFits(rows, measurements, await PricesAsync(docs)).Table());
    }

    private static async Task<Figures> ReadAsync(string path) => JsonSerializer.Deserialize<Figures>(await File.ReadAllTextAsync(path))!;

    private static async Task ReplaceAsync(string page, string part, string content)
    {
        var (begin, end) = ($"<!-- {part}: begin -->", $"<!-- {part}: end -->");
        var text = await File.ReadAllTextAsync(page);
        await File.WriteAllTextAsync(page, $"{text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)]}\n\n{content}\n{text[text.IndexOf(end, StringComparison.Ordinal)..]}");
    }

    private static async Task<JsonElement> PricesAsync(string docs)
    {
        using var prices = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(docs, "..", ".ci", "cost", "prices.json")));
        return prices.RootElement.Clone();
    }

    private static string Circumstances(string server, string commit) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}, PostgreSQL {server}, commit {commit}, {DateTime.UtcNow:d MMMM yyyy}");

    /// <summary>A column for each number of orders. JIT binaries: native ones are faster in the ticks and slower in the bulk.</summary>
    private static string Table(IReadOnlyList<Figures> all)
    {
        var table = new StringBuilder();
        foreach (var figures in all) table.Append(CultureInfo.InvariantCulture, $"- {figures.Rows:N0} orders: {figures.Circumstances}\n");
        table.Append(CultureInfo.InvariantCulture, $"\nJIT binaries, each stage in a process of its own; N is the number of orders. What missed its target is bold.\n\n| measured |{string.Concat(all.Select(figures => string.Create(CultureInfo.InvariantCulture, $" {figures.Rows:N0} |")))} target |\n|---|{string.Concat(all.Select(_ => "---:|"))}---|\n");
        foreach (var name in all.SelectMany(figures => figures.Measurements).Select(one => one.Name).Distinct())
        {
            var row = all.Select(figures => figures.Measurements.FirstOrDefault(one => one.Name == name)).ToList();
            table.Append(CultureInfo.InvariantCulture, $"| {name.Replace("|", "\\|", StringComparison.Ordinal)} |{string.Concat(row.Select(Cell))} {row.First(one => one is { })!.Target} |\n");
        }

        return table.ToString();
    }

    private static string Cell(Measurement? one) => one switch
    {
        null => " |",
        { IsReached: false } => $" **{Text(one)}** |",
        _ => $" {Text(one)} |",
    };

    private static string Text(Measurement one) => one.Unit.Length == 0
        ? one.Value.ToString("0.00", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(one.Value >= 100 ? one.Value.ToString("N0", CultureInfo.InvariantCulture) : one.Value.ToString("0.00", CultureInfo.InvariantCulture))} {one.Unit}");

    private static void Compare(IReadOnlyList<Measurement> last, IReadOnlyList<Measurement> now, Action<string> say)
    {
        foreach (var one in now.Where(one => one.Target?.StartsWith('≤') == true))
        {
            if (last.FirstOrDefault(before => before.Name == one.Name) is { } before && one.Value > before.Value * 1.2)
                say(string.Create(CultureInfo.InvariantCulture, $"worse than last time: {one.Name}, {before.Value:0.00} → {one.Value:0.00} {one.Unit}"));
        }
    }
}
