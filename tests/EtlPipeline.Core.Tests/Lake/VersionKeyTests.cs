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
        Assert.Equal($"staff/{Stamp}.json", Staff.Rows);
        Assert.Equal($"staff/{Stamp}.deleted.json", Staff.DeletedRows);
        Assert.Equal($"staff/{Stamp}.parquet", Staff.Parquet);
        Assert.Equal($"rejected/staff/{Stamp}.json", Staff.RejectedRows);
        Assert.Equal($"staff/{Stamp}", Staff.ToString());
    }

    [Fact]
    public void A_key_is_read_in_its_own_form_alone()
    {
        ObjectForm[] forms = [ObjectForm.Rows, ObjectForm.DeletedRows, ObjectForm.Parquet];
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
    [InlineData(".json")]
    [InlineData("/.json")]
    [InlineData("staff/.json")]
    [InlineData("staff.json")]
    [InlineData($"staff/{Stamp}")]
    [InlineData($"staff/{Stamp}.JSON")]
    [InlineData($"staff/{Stamp}.json ")]
    [InlineData($"/staff/{Stamp}.json")]
    [InlineData($"staff//{Stamp}.json")]
    [InlineData($"lake/staff/{Stamp}.json")]
    [InlineData($"rejected/staff/{Stamp}.json")]
    [InlineData($"staff/{Stamp}.deleted.json")]
    [InlineData($"st aff/{Stamp}.json")]
    [InlineData($"staff/{Stamp}/.json")]
    [InlineData("staff/latest.json")]
    [InlineData($"../staff/{Stamp}.json")]
    [InlineData($"staff/../{Stamp}.json")]
    [InlineData($"staff/../staff/{Stamp}.json")]
    [InlineData($"staff\\{Stamp}.json")]
    [InlineData($"staff%2F{Stamp}.json")]
    [InlineData($"%2e%2e/{Stamp}.json")]
    [InlineData($"staff'; DROP TABLE staff; --/{Stamp}.json")]
    [InlineData($"\"staff\"/{Stamp}.json")]
    [InlineData($"staff\0/{Stamp}.json")]
    [InlineData($"staff/{Stamp}\0.json")]
    [InlineData($"staff/{Stamp}.json\0")]
    [InlineData($"staff/{Stamp}.json\n")]
    [InlineData($"\u001b[31mstaff/{Stamp}.json")]
    [InlineData($"staff\r\n/{Stamp}.json")]
    public void Any_other_key_is_none(string? text) => Assert.False(VersionKey.TryParse(text, ObjectForm.Rows, out _));

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void A_damaged_key_is_none_or_exactly_itself(int seed)
    {
        var random = new Random(seed);
        foreach (var form in new[] { ObjectForm.Rows, ObjectForm.DeletedRows, ObjectForm.Parquet })
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
