using EtlPipeline.Core.Resources;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;

namespace EtlPipeline.Soak.Writers;

/// <summary>The rows that a soak begins with.</summary>
internal static class SoakSource
{
    private static readonly DateTimeOffset Moment = new(2024, 12, 31, 20, 0, 0, TimeSpan.Zero);

    /// <summary>Fills an empty totesys, and makes the procedures of the writers.</summary>
    public static async Task FillAsync(TestDatabase source, double scale, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenAsync();
        await TotesysDatabase.FillAsync(connection, new SampleHistory(new SampleOptions { Scale = scale }), Moment, cancellationToken);
        await source.ExecuteAsync(EmbeddedText.Read(typeof(SoakSource).Assembly, "writers.sql"));
    }
}
