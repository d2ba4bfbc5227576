using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EtlPipeline.Core.Tests.PostgreSql;

/// <summary>A certificate authority of a test's own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Today.AddDays(-30), Today.AddDays(30));
    }

    /// <summary>The root certificate, in PEM form.</summary>
    public string Root => _root.ExportCertificatePem();

    /// <summary>Signs the certificate of a host.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="validDays">How many days from today on it is valid; negative for one that is not valid any more.</param>
    public (string Certificate, string Key) Sign(string host, int validDays = 7)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_root, Today.AddDays(-20), Today.AddDays(validDays), RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
    }
}
