using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EtlPipeline.Core.Settings;
using Npgsql;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>
/// Which certificates a server is believed by. .NET verifies them; left to the driver, a certificate that is refused would be so without a
/// reason, and one that the system trusts be taken whatever root certificate the settings name.
/// </summary>
internal static class ServerCertificate
{
    /// <summary>Whether the server has to prove who it is.</summary>
    public static bool IsVerified(ConnectionSecurity security) =>
        security is ConnectionSecurity.VerifyCertificate or ConnectionSecurity.VerifyFull;

    /// <summary>Has the server's certificate verified.</summary>
    /// <param name="tls">What a connection is about to be secured with.</param>
    /// <param name="settings">Whom to trust.</param>
    /// <exception cref="IOException">The file of root certificates can't be read.</exception>
    public static void Verify(SslClientAuthenticationOptions tls, DatabaseSettings settings)
    {
        tls.CertificateChainPolicy = settings.RootCertificate is { } file ? TrustOnly(ReadRoots(file, settings)) : null;
        tls.RemoteCertificateValidationCallback = settings.Security == ConnectionSecurity.VerifyFull ? null : IsOfTrustedAuthority;
    }

    private static bool IsOfTrustedAuthority(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private static X509Certificate2Collection ReadRoots(string file, DatabaseSettings settings)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new IOException($"{settings.NameOf("SSLROOTCERT")} can't be read: {exception.Message}", exception);
        }

        return roots.Count > 0 ? roots : throw new IOException($"{settings.NameOf("SSLROOTCERT")} names '{file}', and no certificate in PEM form is in it");
    }
}

/// <summary>Says why TLS with a server did not come about, and which settings decide it.</summary>
internal static class TlsFault
{
    // The driver has no type of its own for it.
    private const string NotOffered = "SSL connection requested";

    /// <summary>The fault; null if the exception tells of another one.</summary>
    public static string? Find(Exception exception, DatabaseSettings settings) => exception switch
    {
        NpgsqlException { InnerException: AuthenticationException refusal } =>
            $"the server's certificate is refused: {refusal.Message.TrimEnd('.')}; {settings.NameOf("SSLROOTCERT")} has to name the root "
            + $"certificate that it was signed with, and {settings.NameOf("HOST")} the host that it was made for",
        NpgsqlException { InnerException: null } unsecured when unsecured.Message.StartsWith(NotOffered, StringComparison.Ordinal) =>
            $"the server does not offer TLS; turn it on there (ssl = on), or, in a network that is trusted, set {settings.NameOf("SSLMODE")} to disable",
        _ => null,
    };
}
