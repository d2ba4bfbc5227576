namespace EtlPipeline.Local.Terminals;

/// <summary>"Did you mean": finds the known name nearest to a mistyped one.</summary>
internal static class Suggestion
{
    /// <summary>A sentence with a space in front, <c> Did you mean 'status'?</c>; empty if no name is near.</summary>
    public static string For(string mistyped, IEnumerable<string> known) =>
        Nearest(mistyped, known) is { } name ? $" Did you mean '{name}'?" : string.Empty;

    /// <summary>The known name with the fewest changed letters, at most a third of them; null if there is none.</summary>
    public static string? Nearest(string mistyped, IEnumerable<string> known)
    {
        var nearest = known.Distinct().Select(name => (Name: name, Distance: Distance(mistyped, name))).OrderBy(name => name.Distance).FirstOrDefault();
        return nearest.Name is { } found && nearest.Distance <= Math.Max(1, found.Length / 3) ? found : null;
    }

    /// <summary>Letters to insert, delete, replace, or swap with their neighbour (the optimal string alignment distance).</summary>
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[left.Length, right.Length];
    }
}
