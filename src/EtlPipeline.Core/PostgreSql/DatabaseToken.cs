using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.PostgreSql;

/// <summary>
/// A token that Amazon RDS takes in the place of a password for a quarter of an hour: the signed address of a request to connect, without
/// its scheme (AWS, <i>IAM database authentication</i> and <i>Signature Version 4</i>).
/// </summary>
internal static class DatabaseToken
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>A token of this moment, signed with the credentials and for the region that the AWS SDK finds.</summary>
    public static string Make(DatabaseSettings settings, TimeProvider clock) =>
        Sign(settings, FindCredentials(), FindRegion(), clock.GetUtcNow());

    internal static string Sign(DatabaseSettings settings, ImmutableCredentials credentials, string region, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{region}/rds-db/aws4_request";
        var host = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}");
        var query = string.Join('&', Parameters(settings.User, $"{credentials.AccessKey}/{scope}", time, credentials.Token)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        var request = $"GET\n/\n{query}\nhost:{host}\n\nhost\n{Hash(string.Empty)}";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Hash(request)}";
        // The key is made for the scope, part by part.
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey), Mac);
        return $"{host}/?{query}&X-Amz-Signature={Convert.ToHexStringLower(Mac(key, text))}";
    }

    /// <summary>In the order in which they are signed.</summary>
    private static IEnumerable<(string Name, string Value)> Parameters(string user, string credential, string time, string? sessionToken)
    {
        yield return ("Action", "connect");
        yield return ("DBUser", user);
        yield return ("X-Amz-Algorithm", Algorithm);
        yield return ("X-Amz-Credential", credential);
        yield return ("X-Amz-Date", time);
        yield return ("X-Amz-Expires", "900");
        if (!string.IsNullOrEmpty(sessionToken)) yield return ("X-Amz-Security-Token", sessionToken);
        yield return ("X-Amz-SignedHeaders", "host");
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ImmutableCredentials FindCredentials()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials().GetCredentials();
        }
        catch (AmazonClientException exception)
        {
            throw new InvalidOperationException(
                "there are no AWS credentials to sign a token with; sign in (aws sso login), and name the profile in AWS_PROFILE", exception);
        }
    }

    private static string FindRegion() => FallbackRegionFactory.GetRegionEndpoint()?.SystemName
        ?? throw new InvalidOperationException("there is no AWS region to sign a token for; name the database's in AWS_REGION");
}
