using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Testing.Proofs;

namespace EtlPipeline.Core.Tests.Lake;

public sealed class VersionKeyTests(ITestOutputHelper output)
{
    private const string Stamp = "2026-11-23_12-45-03-123456";
    private static readonly VersionKey Staff = new(TableName.Parse("staff"), TableVersion.Parse(Stamp));

    [Fact]
    public void The_keys_of_a_version_name_table_and_stamp()
    {
        Assert.Equal($"staff/{Stamp}.json.gz", Staff.Rows);
        Assert.Equal($"staff/{Stamp}.segments", Staff.Segments);
        Assert.Equal($"staff/{Stamp}.parquet", Staff.Parquet);
        Assert.Equal($"rejected/staff/{Stamp}.json.gz", Staff.RejectedRows);
        Assert.Equal($"staff/{Stamp}", Staff.ToString());
    }

    [Fact]
    public void A_key_is_read_in_its_own_form_alone()
    {
        string[] forms = [VersionKey.RowsSuffix, VersionKey.SegmentsSuffix, VersionKey.ParquetSuffix];
        foreach (var written in forms)
        {
            foreach (var read in forms)
            {
                Assert.Equal(written == read, VersionKey.TryParse(Staff.Key(written), read, out var key));
                Assert.Equal(written == read ? Staff : default, key);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("timestamp")]
    [InlineData(".json.gz")]
    [InlineData("/.json.gz")]
    [InlineData("staff/.json.gz")]
    [InlineData("staff.json.gz")]
    [InlineData($"staff/{Stamp}")]
    [InlineData($"staff/{Stamp}.json")]
    [InlineData($"staff/{Stamp}.JSON.GZ")]
    [InlineData($"staff/{Stamp}.json.gz ")]
    [InlineData($"/staff/{Stamp}.json.gz")]
    [InlineData($"staff//{Stamp}.json.gz")]
    [InlineData($"lake/staff/{Stamp}.json.gz")]
    [InlineData($"rejected/staff/{Stamp}.json.gz")]
    [InlineData($"staff/{Stamp}.deleted.json.gz")]
    [InlineData($"st aff/{Stamp}.json.gz")]
    [InlineData($"staff/{Stamp}/.json.gz")]
    [InlineData("staff/latest.json.gz")]
    [InlineData($"../staff/{Stamp}.json.gz")]
    [InlineData($"staff/../{Stamp}.json.gz")]
    [InlineData($"staff/../staff/{Stamp}.json.gz")]
    [InlineData($"staff\\{Stamp}.json.gz")]
    [InlineData($"staff%2F{Stamp}.json.gz")]
    [InlineData($"%2e%2e/{Stamp}.json.gz")]
    [InlineData($"staff'; DROP TABLE staff; --/{Stamp}.json.gz")]
    [InlineData($"\"staff\"/{Stamp}.json.gz")]
    [InlineData($"staff\0/{Stamp}.json.gz")]
    [InlineData($"staff/{Stamp}\0.json.gz")]
    [InlineData($"staff/{Stamp}.json.gz\0")]
    [InlineData($"staff/{Stamp}.json.gz\n")]
    [InlineData($"\u001b[31mstaff/{Stamp}.json.gz")]
    [InlineData($"staff\r\n/{Stamp}.json.gz")]
    public void Any_other_key_is_none(string? text) => Assert.False(VersionKey.TryParse(text, VersionKey.RowsSuffix, out _));

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void A_damaged_key_is_none_or_exactly_itself(int seed)
    {
        var random = new Random(seed);
        foreach (var form in new[] { VersionKey.RowsSuffix, VersionKey.SegmentsSuffix, VersionKey.ParquetSuffix })
        {
            var bytes = Encoding.UTF8.GetBytes(Staff.Key(form));
            for (var round = 0; round < 2 * ProofSize.DamagedTexts; round++)
            {
                var text = Encoding.UTF8.GetString(Damage.Of(bytes, random));
                if (VersionKey.TryParse(text, form, out var key)) Assert.Equal(text, key.Key(form));
            }
        }

        output.WriteLine($"{6 * ProofSize.DamagedTexts} damaged keys from seed {seed}.");
    }
}
