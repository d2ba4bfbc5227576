using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class ExtractSettingsTests
{
    [Fact]
    public void Only_what_has_no_default_must_be_there()
    {
        var settings = SettingsOf.Everything.Read(ExtractSettings.Read);

        Assert.Equal(TableList.Default, settings.Tables);
        Assert.Equal("ingestion", settings.IngestionBucket);
        Assert.Equal(
            new DatabaseSettings { Prefix = "TOTE_SYS", Host = "oltp.example", Database = "totesys", User = "reader", Password = "s3cret" },
            settings.Oltp);
        Assert.Equal((5432, ConnectionSecurity.Require, "public"), (settings.Oltp!.Port, settings.Oltp.Security, settings.Oltp.Schema));
    }

    [Theory]
    [InlineData("False")]
    [InlineData("false")]
    [InlineData(" FALSE ")]
    public void Sample_data_need_no_database(string text) =>
        Assert.Null(new SettingsOf { ["IS_OLTP_OK"] = text, ["AWS_INGEST_BUCKET"] = "lake" }.Read(ExtractSettings.Read).Oltp);

    [Theory]
    [InlineData("no")]
    [InlineData("0")]
    public void A_boolean_is_true_or_false(string text) =>
        Assert.Equal(
            ["IS_OLTP_OK is malformed: True to read the database, False for sample data"],
            new SettingsOf(SettingsOf.Everything) { ["IS_OLTP_OK"] = text }.Faults(ExtractSettings.Read));

    [Fact]
    public void Tables_are_read_from_their_list() =>
        Assert.Equal(
            "staff, department",
            new SettingsOf(SettingsOf.Everything) { ["AWS_TABLES_LIST"] = "staff, department" }.Read(ExtractSettings.Read).Tables.ToString());

    [Fact]
    public void A_bad_list_names_each_fault_and_shows_a_good_one() =>
        Assert.Equal(
            [
                "AWS_TABLES_LIST is malformed ('sales order' isn't a table name, a name is empty, 'staff' is there twice): "
                + "comma-separated names of tables to ingest, such as "
                + "address, counterparty, currency, department, design, payment, payment_type, purchase_order, sales_order, staff, transaction",
            ],
            new SettingsOf(SettingsOf.Everything) { ["AWS_TABLES_LIST"] = "staff,sales order,,staff" }.Faults(ExtractSettings.Read));

    [Fact]
    public void One_error_names_every_bad_setting_and_no_secret()
    {
        var settings = new SettingsOf(SettingsOf.Everything)
        {
            ["AWS_INGEST_BUCKET"] = " ",
            ["TOTE_SYS_DB_HOST"] = null,
            ["TOTE_SYS_DB_PORT"] = "65536",
            ["TOTE_SYS_DB_SSLMODE"] = "s3cret",
            ["AWS_TABLES_LIST"] = ",",
        };

        var thrown = Assert.Throws<InvalidSettingsException>(() => settings.Read(ExtractSettings.Read));

        Assert.Equal(
            ["AWS_TABLES_LIST", "AWS_INGEST_BUCKET", "TOTE_SYS_DB_HOST", "TOTE_SYS_DB_PORT", "TOTE_SYS_DB_SSLMODE"],
            thrown.Faults.Select(fault => fault.Split(' ')[0]));
        Assert.All(thrown.Faults, fault => Assert.Contains(fault, thrown.Message, StringComparison.Ordinal));
        Assert.Contains("TOTE_SYS_DB_SSLMODE is malformed: disable, prefer, require, verify-ca or verify-full", thrown.Faults);
        Assert.Contains("TOTE_SYS_DB_PORT is malformed: a port from 1 to 65535", thrown.Faults);
        Assert.Contains("TOTE_SYS_DB_HOST is missing: the host of the database, or the folder of its socket", thrown.Faults);
        Assert.DoesNotContain("s3cret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_set_names_all_that_must_be() =>
        Assert.Equal(
            ["AWS_INGEST_BUCKET", "TOTE_SYS_DB_HOST", "TOTE_SYS_DB_DB", "TOTE_SYS_DB_USER", "TOTE_SYS_DB_PASSWORD"],
            new SettingsOf().Faults(ExtractSettings.Read).Select(fault => fault.Split(' ')[0]));
}
