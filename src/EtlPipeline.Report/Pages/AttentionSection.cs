using System.Globalization;
using System.Xml.Linq;
using EtlPipeline.Report.Charts;
using EtlPipeline.Report.Figures;

namespace EtlPipeline.Report.Pages;

/// <summary>What somebody has to look at. It comes first, and says so if there is nothing.</summary>
internal static class AttentionSection
{
    // A round ends within a day, so anything older is late.
    private static readonly TimeSpan LongestRound = TimeSpan.FromHours(26);

    public static XElement Draw(HealthFigures health, DateTimeOffset now)
    {
        var items = Blocked(health).Concat(Rejected(health)).Concat(Missed(health)).Concat(Corrected(health)).Concat(Unverified(health, now)).ToList();
        return Html.Section(
            "attention",
            "What needs attention",
            Verified(health),
            items.Count > 0 ? new XElement("ul", new XAttribute("class", "attention"), items) : AllIsWell(health),
            health.Rejected.Count == 0 ? null : Table(health.Rejected));
    }

    private static XElement AllIsWell(HealthFigures health) => health.LoadedAt is null
        ? Html.Nothing("Nothing has been loaded yet.")
        : new XElement("p", new XAttribute("class", "fine"), $"Nothing is blocked, nothing is rejected, and no round had to correct anything in the last {ReportReader.RecentDays} days.");

    private static string Verified(HealthFigures health)
    {
        var targets = health.Targets.Where(target => target.SourceTable is { } && target.Description is { }).ToList();
        return targets.Count > 0 && targets.TrueForAll(target => target.VerifiedThrough is { })
            ? $"Every row of every table has been compared with the source since {Time(targets.Min(target => target.VerifiedThrough!.Value).Instant)}, except rejected ones."
            : "Not every row has been compared with the source yet.";
    }

    private static IEnumerable<XElement> Blocked(HealthFigures health) => health.Targets.Where(target => target.IsBlocked).Select(target => Item(
        "blocked",
        $"{target.Target} keeps rows that a chunk no longer holds, because they are most of its rows. If they were really deleted from the source, `run --accept-deletes {target.SourceTable}` accepts that."));

    private static IEnumerable<XElement> Rejected(HealthFigures health) => health.Targets.Where(target => target.Rejected > 0).Select(target => Item(
        "rejected", $"{target.Target} lacks {Rows(target.Rejected)} of {target.SourceTable} that can't be carried; the reasons are below."));

    private static IEnumerable<XElement> Missed(HealthFigures health) => health.Targets.Where(target => target.Missed > 0).Select(target => Item(
        "missed",
        $"{target.Target}: {Amount.Exact(target.Missed)} {(target.Missed == 1 ? "version" : "versions")} could not be loaded. The next round makes up for them; `replay --table {target.SourceTable}` does so at once."));

    private static IEnumerable<XElement> Corrected(HealthFigures health) => health.Targets.Where(target => target.RecentCorrections > 0).Select(target => Item(
        "corrected",
        $"{target.Target}: in the last {ReportReader.RecentDays} days, rounds corrected {Rows(target.RecentCorrections)} that the following had missed, the last at {Time(target.CorrectedAt!.Value)}. The warehouse is right again."));

    private static IEnumerable<XElement> Unverified(HealthFigures health, DateTimeOffset now) => health.Targets
        .Where(target => target.SourceTable is { } && target.VerifiedThrough is { } since && now - since.Instant > LongestRound)
        .Select(target => Item("late", $"{target.Target} was last compared as a whole at {Time(target.VerifiedThrough!.Value.Instant)}; a round should end within a day."));

    // What stands between backticks is a command.
    private static XElement Item(string kind, string sentence) => new(
        "li",
        new XAttribute("class", kind),
        new XElement("strong", kind),
        " ",
        new XElement("span", sentence.Split('`').Select((part, number) => number % 2 == 0 ? (object)part : new XElement("code", part))));

    private static XElement Table(IReadOnlyList<RejectedRows> rejected)
    {
        var table = new HtmlTable("Rejected rows by reason", "table", "reason", "#rows", "first seen", "keys");
        foreach (var rows in rejected)
            table.Add(rows.Target, rows.Reason, Cell.Count(rows.Rows), rows.Since is { } since ? Time(since.Instant) : "–", rows.Keys.Length == 0 ? "–" : rows.Keys);
        return table.Draw();
    }

    private static string Rows(long count) => $"{Amount.Exact(count)} {(count == 1 ? "row" : "rows")}";

    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
