using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.Testing;
using Npgsql;

namespace EtlPipeline.Core.Tests.PostgreSql;

public sealed class ServerCertificateTests(CertifiedServer server) : IClassFixture<CertifiedServer>, IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConnectionSecurity.VerifyFull)]
    [InlineData(ConnectionSecurity.VerifyCertificate)]
    [InlineData(ConnectionSecurity.Require)]
    [InlineData(ConnectionSecurity.Prefer)]
    public async Task A_certificate_of_the_trusted_authority_is_taken(ConnectionSecurity security)
    {
        var settings = await server.StartAsync(_authority.Sign("localhost"));

        Assert.True(await IsEncryptedAsync(settings with { Security = security, RootCertificate = WriteRoot(_authority.Root) }));
    }

    [Theory]
    [InlineData(ConnectionSecurity.VerifyFull)]
    [InlineData(ConnectionSecurity.VerifyCertificate)]
    public async Task A_certificate_of_another_authority_is_refused(ConnectionSecurity security)
    {
        using var another = new TestAuthority();
        var settings = await server.StartAsync(another.Sign("localhost"));

        var message = await RefusalAsync(settings with { Security = security, RootCertificate = WriteRoot(_authority.Root) });

        Assert.Contains("certificate is refused", message, StringComparison.Ordinal);
        Assert.Contains("SHOP_DB_SSLROOTCERT has to name the root certificate that it was signed with", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_the_system_does_not_trust_is_refused_where_no_root_certificate_is_named()
    {
        var settings = await server.StartAsync(_authority.Sign("localhost"));

        var message = await RefusalAsync(settings with { Security = ConnectionSecurity.VerifyFull });

        Assert.Contains("SHOP_DB_SSLROOTCERT has to name the root certificate that it was signed with", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectionSecurity.VerifyFull)]
    [InlineData(ConnectionSecurity.VerifyCertificate)]
    public async Task A_certificate_that_has_expired_is_refused(ConnectionSecurity security)
    {
        var settings = await server.StartAsync(_authority.Sign("localhost", validDays: -1));

        var message = await RefusalAsync(settings with { Security = security, RootCertificate = WriteRoot(_authority.Root) });

        if (security == ConnectionSecurity.VerifyFull) Assert.Contains("NotTimeValid", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused_where_the_host_matters()
    {
        var settings = await server.StartAsync(_authority.Sign("another.example")) with { RootCertificate = WriteRoot(_authority.Root) };

        var message = await RefusalAsync(settings with { Security = ConnectionSecurity.VerifyFull });

        Assert.Contains("RemoteCertificateNameMismatch", message, StringComparison.Ordinal);
        Assert.Contains("SHOP_DB_HOST the host that it was made for", message, StringComparison.Ordinal);
        Assert.True(await IsEncryptedAsync(settings with { Security = ConnectionSecurity.VerifyCertificate }));
    }

    [Theory]
    [InlineData(ConnectionSecurity.VerifyFull)]
    [InlineData(ConnectionSecurity.VerifyCertificate)]
    [InlineData(ConnectionSecurity.Require)]
    public async Task A_server_without_TLS_is_refused(ConnectionSecurity security)
    {
        var settings = await server.StartBareAsync();

        var message = await RefusalAsync(settings with { Security = security });

        Assert.EndsWith(
            "the server does not offer TLS; turn it on there (ssl = on), or, in a network that is trusted, set SHOP_DB_SSLMODE to disable",
            message,
            StringComparison.Ordinal);
        Assert.False(await IsEncryptedAsync(settings with { Security = ConnectionSecurity.Prefer }));
    }

    [Fact]
    public async Task A_root_certificate_that_can_t_be_read_is_named()
    {
        var settings = await server.StartAsync(_authority.Sign("localhost")) with { Security = ConnectionSecurity.VerifyFull };

        var missing = await RefusalAsync(settings with { RootCertificate = Path.Combine(_folder.Path, "missing.pem") });
        var other = await RefusalAsync(settings with { RootCertificate = WriteRoot("no certificate") });
        var damaged = await RefusalAsync(settings with { RootCertificate = WriteRoot("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----") });

        Assert.Contains("SHOP_DB_SSLROOTCERT can't be read: Could not find file", missing, StringComparison.Ordinal);
        Assert.Contains("no certificate in PEM form", other, StringComparison.Ordinal);
        Assert.Contains("SHOP_DB_SSLROOTCERT can't be read", damaged, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private string WriteRoot(string pem)
    {
        var file = Path.Combine(_folder.Path, "root.pem");
        File.WriteAllText(file, pem);
        return file;
    }

    private static async Task<bool> IsEncryptedAsync(DatabaseSettings settings)
    {
        await using var database = new PostgreSqlDatabase(settings, new SessionOptions());
        await using var connection = await database.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", connection);
        return (bool)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<string> RefusalAsync(DatabaseSettings settings)
    {
        await using var database = new PostgreSqlDatabase(settings, new SessionOptions());
        var refusal = await Assert.ThrowsAsync<DatabaseException>(() => database.OpenAsync(Cancellation));
        Assert.StartsWith($"{settings}: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(settings.Password, refusal.ToString(), StringComparison.Ordinal);
        return refusal.Message;
    }
}
