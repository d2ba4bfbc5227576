using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Core.Tests.PostgreSql;

public sealed class ConnectionTextTests
{
    private static readonly DatabaseSettings Settings = new() { Host = "h", Database = "d; Host=evil", User = "u'\"", Password = "p;Username=\"admin\"" };

    [Fact]
    public void Whatever_a_setting_holds_it_stays_that_setting()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionText.Build(Settings));

        Assert.Equal((Settings.Host, Settings.Database, Settings.User, Settings.Password), (builder.Host, builder.Database, builder.Username, builder.Password));
    }

    [Theory]
    [InlineData(ConnectionSecurity.Disable, SslMode.Disable)]
    [InlineData(ConnectionSecurity.Prefer, SslMode.Prefer)]
    [InlineData(ConnectionSecurity.Require, SslMode.Require)]
    [InlineData(ConnectionSecurity.VerifyCertificate, SslMode.Require)]
    [InlineData(ConnectionSecurity.VerifyFull, SslMode.Require)]
    public void The_driver_encrypts_the_connection_as_asked(ConnectionSecurity security, SslMode mode) => Assert.Equal(
        mode, new NpgsqlConnectionStringBuilder(ConnectionText.Build(Settings with { Security = security, RootCertificate = "root.pem" })).SslMode);

    [Fact]
    public void A_dead_connection_is_noticed_and_none_is_reused()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionText.Build(Settings));

        Assert.Equal((true, 15, 5, false), (builder.TcpKeepAlive, builder.TcpKeepAliveTime, builder.TcpKeepAliveInterval, builder.Pooling));
    }
}
