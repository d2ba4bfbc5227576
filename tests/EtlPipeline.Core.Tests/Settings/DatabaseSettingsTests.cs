using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Settings;

public sealed class DatabaseSettingsTests
{
    [Fact]
    public void The_names_of_a_group_begin_as_another_setting_says()
    {
        var settings = new SettingsOf
        {
            ["OLTP_NAME"] = "SHOP",
            ["SHOP_DB_HOST"] = "/run/postgresql",
            ["SHOP_DB_PORT"] = "6543",
            ["SHOP_DB_DB"] = "shop",
            ["SHOP_DB_USER"] = "me",
            ["SHOP_DB_PASSWORD"] = "p",
            ["SHOP_DB_SCHEMA"] = "sales",
            ["SHOP_DB_SSLROOTCERT"] = "/etc/root.pem",
        }.Read(DatabaseSettings.ReadOltp);

        Assert.Equal("database 'shop' on /run/postgresql:6543", settings.ToString());
        Assert.Equal(("sales", "/etc/root.pem"), (settings.Schema, settings.RootCertificate));
    }

    [Fact]
    public void Blanks_at_the_ends_of_a_password_belong_to_it() =>
        Assert.Equal(" p ", With("WAREHOUSE_DB_PASSWORD", " p ").Read(DatabaseSettings.ReadWarehouse).Password);

    [Fact]
    public void A_secret_stands_in_for_the_password()
    {
        var settings = new SettingsOf
        {
            ["WAREHOUSE_DB_HOST"] = "db",
            ["WAREHOUSE_DB_DB"] = "warehouse",
            ["WAREHOUSE_DB_USER"] = "etl",
            ["WAREHOUSE_DB_PASSWORD_SECRET"] = "arn:secret",
        }.Read(DatabaseSettings.ReadWarehouse);

        Assert.Equal((string.Empty, "arn:secret"), (settings.Password, settings.PasswordSecret));
    }

    [Fact]
    public void With_IAM_there_is_no_password()
    {
        var settings = Iam();
        settings["WAREHOUSE_DB_PASSWORD_SECRET"] = "arn:secret";

        var read = settings.Read(DatabaseSettings.ReadWarehouse);

        Assert.Equal((true, string.Empty, null), (read.UsesIam, read.Password, read.PasswordSecret));
        Assert.False(SettingsOf.Everything.Read(DatabaseSettings.ReadWarehouse).UsesIam);
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("prefer")]
    public void A_token_goes_over_TLS_alone(string mode)
    {
        var settings = Iam();
        settings["WAREHOUSE_DB_SSLMODE"] = mode;

        Assert.Equal(
            ["WAREHOUSE_DB_SSLMODE is malformed: require, verify-ca or verify-full, because WAREHOUSE_DB_AUTHENTICATION is iam"],
            settings.Faults(DatabaseSettings.ReadWarehouse));
        settings["WAREHOUSE_DB_SSLMODE"] = "verify-full";
        Assert.Equal(ConnectionSecurity.VerifyFull, settings.Read(DatabaseSettings.ReadWarehouse).Security);
    }

    [Fact]
    public void Another_way_to_authenticate_is_refused() =>
        Assert.Equal(
            ["WAREHOUSE_DB_AUTHENTICATION is malformed: password or iam"],
            With("WAREHOUSE_DB_AUTHENTICATION", "kerberos").Faults(DatabaseSettings.ReadWarehouse));

    [Theory]
    [InlineData("disable", ConnectionSecurity.Disable)]
    [InlineData("prefer", ConnectionSecurity.Prefer)]
    [InlineData("REQUIRE", ConnectionSecurity.Require)]
    [InlineData("verify-ca", ConnectionSecurity.VerifyCertificate)]
    [InlineData("Verify-Full", ConnectionSecurity.VerifyFull)]
    public void A_mode_is_read_in_any_case(string text, ConnectionSecurity expected) =>
        Assert.Equal(expected, With("WAREHOUSE_DB_SSLMODE", text).Read(DatabaseSettings.ReadWarehouse).Security);

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("5432.0")]
    [InlineData("5,432")]
    [InlineData("99999999999")]
    public void A_port_outside_its_range_is_refused(string text) =>
        Assert.Equal(["WAREHOUSE_DB_PORT is malformed: a port from 1 to 65535"], With("WAREHOUSE_DB_PORT", text).Faults(DatabaseSettings.ReadWarehouse));

    [Fact]
    public void The_text_of_the_settings_holds_no_secret() =>
        Assert.Equal(
            "database 'warehouse' on warehouse.example:5432",
            SettingsOf.Everything.Read(DatabaseSettings.ReadWarehouse).ToString());

    private static SettingsOf Iam()
    {
        var settings = With("WAREHOUSE_DB_AUTHENTICATION", "IAM");
        settings.Remove("WAREHOUSE_DB_PASSWORD");
        return settings;
    }

    private static SettingsOf With(string name, string value) => new(SettingsOf.Everything) { [name] = value };
}
