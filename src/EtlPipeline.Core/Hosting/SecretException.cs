using System.Net;

namespace EtlPipeline.Core.Hosting;

/// <summary>A password could not be read from AWS Secrets Manager; the message names the secret and what to check.</summary>
public sealed class SecretException : Exception
{
    private SecretException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    internal static SecretException Refused(string arn, HttpStatusCode status) =>
        new($"Secret {arn}: the secrets extension answered {(int)status}; check the name, and that the function's role may call secretsmanager:GetSecretValue on it.");

    internal static SecretException NoExtension(string arn, HttpRequestException exception) =>
        new($"Secret {arn}: no secrets extension answers ({exception.Message}); check that the function has the layer AWS-Parameters-and-Secrets-Lambda-Extension.", exception);

    internal static SecretException NoPassword(string arn) =>
        new($"Secret {arn}: it is neither a plain text nor a JSON object with a 'password'.");
}
