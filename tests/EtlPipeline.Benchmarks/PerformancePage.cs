using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace EtlPipeline.Benchmarks;

/// <summary>The measured part of <c>docs/performance.md</c>, between two markers, and the raw figures beside it.</summary>
internal static class PerformancePage
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Begin = "<!-- measured: begin -->";
    private const string End = "<!-- measured: end -->";

    /// <summary>Writes page and figures, and says what has become worse than the last written figures by more than a fifth.</summary>
    public static async Task WriteAsync(string docs, long rows, string server, string commit, IReadOnlyList<Measurement> measurements, Action<string> say)
    {
        var figures = Path.Combine(docs, $"performance-{rows.ToString(CultureInfo.InvariantCulture)}.json");
        if (File.Exists(figures)) Compare(JsonSerializer.Deserialize<Measurement[]>(await File.ReadAllTextAsync(figures))!, measurements, say);
        await File.WriteAllTextAsync(figures, JsonSerializer.Serialize(measurements, Indented) + "\n");
        var page = Path.Combine(docs, "performance.md");
        var text = await File.ReadAllTextAsync(page);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        await File.WriteAllTextAsync(page, text[..begin] + Table(rows, server, commit, measurements) + text[end..]);
        await WriteFitsAsync(page, new WhatFits(rows, measurements, await PricesAsync(docs)));
    }

    private static async Task WriteFitsAsync(string page, WhatFits fits)
    {
        const string begin = "<!-- calculated: begin -->", end = "<!-- calculated: end -->";
        var text = await File.ReadAllTextAsync(page);
        await File.WriteAllTextAsync(page, $"{text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)]}\n\n{fits.Table()}\n{text[text.IndexOf(end, StringComparison.Ordinal)..]}");
    }

    private static async Task<JsonElement> PricesAsync(string docs)
    {
        using var prices = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(docs, "..", ".ci", "cost", "prices.json")));
        return prices.RootElement.Clone();
    }

    private static string Table(long rows, string server, string commit, IReadOnlyList<Measurement> measurements)
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"\n\n{rows:N0} orders; {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}, PostgreSQL {server}, commit {commit}, ");
        table.Append(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:d MMMM yyyy}. JIT binaries; each stage in a process of its own.\n\n| measured | value | target | |\n|---|---|---|---|\n");
        foreach (var one in measurements)
            table.Append(CultureInfo.InvariantCulture, $"| {one.Name.Replace("|", "\\|", StringComparison.Ordinal)} | {Text(one)} | {one.Target} | {one.IsReached switch { true => "reached", false => "**missed**", null => string.Empty }} |\n");
        return table.Append('\n').ToString();
    }

    private static string Text(Measurement one) => one.Unit.Length == 0
        ? one.Value.ToString("0.00", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(one.Value >= 100 ? one.Value.ToString("N0", CultureInfo.InvariantCulture) : one.Value.ToString("0.00", CultureInfo.InvariantCulture))} {one.Unit}");

    private static void Compare(Measurement[] last, IReadOnlyList<Measurement> now, Action<string> say)
    {
        foreach (var one in now.Where(one => one.Target?.StartsWith('≤') == true))
        {
            if (Array.Find(last, before => before.Name == one.Name) is { } before && one.Value > before.Value * 1.2)
                say(string.Create(CultureInfo.InvariantCulture, $"worse than last time: {one.Name}, {before.Value:0.00} → {one.Value:0.00} {one.Unit}"));
        }
    }
}
