using System.Net;
using System.Text;
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
    /// <summary>The settings with their password in place, if they name a secret; else as they are.</summary>
    /// <exception cref="SecretException">The secret could not be read. Nothing is remembered: the next invocation asks again.</exception>
    public async Task<DatabaseSettings> WithPasswordAsync(DatabaseSettings settings, CancellationToken cancellationToken) =>
        settings.PasswordSecret is { } arn ? settings with { Password = await ReadAsync(arn, cancellationToken) } : settings;

    private async Task<string> ReadAsync(string arn, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.SendAsync(Request(arn), cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK) throw SecretException.Refused(arn, response.StatusCode, answer);
            return FindPassword(answer) is { Length: > 0 } password ? password : throw SecretException.NoPassword(arn);
        }
        catch (HttpRequestException exception)
        {
            throw SecretException.NoAnswer(arn, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SecretException.NoAnswer(arn, "it took too long");
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
    private static string? FindPassword(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var secret = document.RootElement.GetProperty("SecretString").GetString();
            if (secret?.TrimStart().StartsWith('{') is not true) return secret;
            using var fields = JsonDocument.Parse(secret);
            return fields.RootElement.GetProperty("password").GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // and not the exception, which quotes it
        }
    }
}

/// <summary>A password could not be read from AWS Secrets Manager; the message names the secret and what to check.</summary>
public sealed class SecretException : Exception
{
    /// <summary>The errors of <c>GetSecretValue</c>, which the extension passes on in its answer's text, and what they ask for.</summary>
    private static readonly (string Error, string Meaning)[] Errors =
    [
        ("ResourceNotFoundException", "it doesn't exist, or has no current value; create it in this region, or correct the setting that names it"),
        ("InvalidRequestException", "it is marked for deletion; restore it (aws secretsmanager restore-secret), or name another one"),
        ("DecryptionFailure", "its key can't be used; allow the function's role kms:Decrypt with it"),
        ("AccessDeniedException", "the function's role may not read it; allow it secretsmanager:GetSecretValue"),
    ];

    private SecretException(string message) : base(message)
    {
    }

    internal static SecretException Refused(string arn, HttpStatusCode status, byte[] answer)
    {
        var text = Encoding.UTF8.GetString(answer);
        var meaning = Errors.FirstOrDefault(error => text.Contains(error.Error, StringComparison.Ordinal)).Meaning
            ?? "check that it exists, and that the function's role may call secretsmanager:GetSecretValue on it";
        return new SecretException($"Secret {arn}: {meaning} (the secrets extension answered {(int)status}). The next invocation tries again.");
    }

    internal static SecretException NoAnswer(string arn, string fault) => new(
        $"Secret {arn}: no secrets extension answers ({fault}); check that the function has the layer AWS-Parameters-and-Secrets-Lambda-Extension. "
        + "The next invocation tries again.");

    internal static SecretException NoPassword(string arn) => new(
        $"Secret {arn}: it has no password; expected the password itself, or a JSON object with a 'password', as databases rotate it. "
        + "The next invocation tries again.");
}
