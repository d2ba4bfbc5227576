using System.Globalization;
using EtlPipeline.Transform.Tests.Lakes;

namespace EtlPipeline.Transform.Tests.Mapping;

public sealed class CultureTests
{
    [Fact]
    public async Task The_machine_s_culture_makes_no_difference()
    {
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NegativeSign = "~";
        hostile.DateTimeFormat.DateSeparator = "·";
        hostile.DateTimeFormat.TimeSeparator = "·";
        hostile.DateTimeFormat.DayNames = ["a", "b", "c", "d", "e", "f", "g"];
        CultureInfo.CurrentCulture = hostile;
        using var lake = new Lake();
        await lake.PutAsync(new IngestedTable("payment", Stamps.First, SourceRows.With(SourceRows.Payment, "payment_amount", "-1.50")));

        await lake.SweepAsync();

        Assert.Equal(
            ["2|2022-11-03|14:20:52.186|2022-11-04|09:00:00.5|2|15|-1.50|2|3|false|2022-11-04"], lake.Rows($"fact_payment/{Stamps.First}"));
        Assert.Contains("|Monday|January|", lake.Rows("dim_date/2000-01-01_00-00-00-000000")[0], StringComparison.Ordinal);
    }
}
