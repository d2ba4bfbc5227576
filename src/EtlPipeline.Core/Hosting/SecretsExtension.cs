using System.Net;
using System.Text.Json;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Hosting;

/// <summary>
/// Reads passwords from AWS Secrets Manager, through the extension that AWS offers as a Lambda layer (<i>Use AWS Secrets Manager secrets in
/// AWS Lambda functions</i>). It caches them for five minutes, so that asking for each invocation is cheap, and a rotated password comes
/// through. It can't be asked any earlier: Lambda starts functions before their extensions are ready.
/// </summary>
/// <param name="client">Sends the requests; they stay within the machine.</param>
/// <param name="environment">Gives an environment variable, or null.</param>
public sealed class SecretsExtension(HttpClient client, Func<string, string?> environment)
{
    /// <summary>The settings with their password in place, where they name a secret; as they are otherwise.</summary>
    /// <exception cref="SecretException">The secret could not be read.</exception>
    public async Task<DatabaseSettings> WithPasswordAsync(DatabaseSettings settings, CancellationToken cancellationToken) =>
        settings.PasswordSecret is { } arn ? settings with { Password = await ReadAsync(arn, cancellationToken) } : settings;

    private async Task<string> ReadAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(Request(arn), cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK) throw SecretException.Refused(arn, response.StatusCode);
            return Password(arn, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw SecretException.NoExtension(arn, exception);
        }
    }

    private HttpRequestMessage Request(string arn)
    {
        var port = environment("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT") ?? "2773";
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{port}/secretsmanager/get?secretId={Uri.EscapeDataString(arn)}");
        request.Headers.Add("X-Aws-Parameters-Secrets-Token", environment("AWS_SESSION_TOKEN"));
        return request;
    }

    /// <summary>A secret is the password itself, or, as databases rotate it, a JSON object with one.</summary>
    private static string Password(string arn, byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var secret = document.RootElement.GetProperty("SecretString").GetString()!;
            if (!secret.TrimStart().StartsWith('{')) return secret;
            using var fields = JsonDocument.Parse(secret);
            return fields.RootElement.GetProperty("password").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw SecretException.NoPassword(arn);
        }
    }
}
