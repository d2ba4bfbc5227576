using System.Net;
using EtlPipeline.Core.Hosting;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.Hosting;

public sealed class SecretsExtensionTests
{
    private const string Arn = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:oltp-AbCdEf";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"SecretString": "plain pass"}""", "plain pass")]
    [InlineData("""{"SecretString": "{\"username\": \"etl\", \"password\": \"p\\\"w\"}"}""", "p\"w")]
    public async Task A_secret_is_a_password_or_a_JSON_object_with_one(string answer, string expected)
    {
        var extension = new FakeExtension(_ => Answer(HttpStatusCode.OK, answer));

        var settings = await extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation);

        Assert.Equal(expected, settings.Password);
        var request = Assert.Single(extension.Requests);
        Assert.Equal($"http://localhost:2999/secretsmanager/get?secretId={Uri.EscapeDataString(Arn)}", request.RequestUri!.AbsoluteUri);
        Assert.Equal(["session-token"], request.Headers.GetValues("X-Aws-Parameters-Secrets-Token"));
    }

    [Fact]
    public async Task Settings_with_a_password_ask_nobody()
    {
        var extension = new FakeExtension(_ => throw new InvalidOperationException());
        var settings = Settings(null) with { Password = "known" };

        Assert.Same(settings, await extension.Secrets.WithPasswordAsync(settings, Cancellation));
    }

    [Fact]
    public async Task A_refusal_names_the_secret_and_the_permission()
    {
        var extension = new FakeExtension(_ => Answer(HttpStatusCode.Forbidden, "no"));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));

        Assert.Contains(Arn, exception.Message, StringComparison.Ordinal);
        Assert.Contains("403", exception.Message, StringComparison.Ordinal);
        Assert.Contains("secretsmanager:GetSecretValue", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_without_the_extension_is_told_which_layer_is_missing()
    {
        var extension = new FakeExtension(_ => throw new HttpRequestException("Connection refused"));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));

        Assert.Contains("AWS-Parameters-and-Secrets-Lambda-Extension", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"SecretString": "{\"user\": \"hunter2\"}"}""")]
    [InlineData("""{"SecretBinary": "aHVudGVyMg=="}""")]
    [InlineData("hunter2")]
    public async Task A_secret_without_a_password_is_an_error_that_does_not_quote_it(string answer)
    {
        var extension = new FakeExtension(_ => Answer(HttpStatusCode.OK, answer));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));

        Assert.Contains(Arn, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    private static DatabaseSettings Settings(string? secret) =>
        new() { Host = "db", Database = "totesys", User = "etl", Password = string.Empty, PasswordSecret = secret };

    private sealed class FakeExtension : HttpMessageHandler
    {
        private readonly Func<HttpRequestMessage, HttpResponseMessage> _answer;

        public FakeExtension(Func<HttpRequestMessage, HttpResponseMessage> answer)
        {
            _answer = answer;
            Secrets = new SecretsExtension(new HttpClient(this), name => name switch
            {
                "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT" => "2999",
                "AWS_SESSION_TOKEN" => "session-token",
                _ => null,
            });
        }

        public SecretsExtension Secrets { get; }

        public List<HttpRequestMessage> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(_answer(request));
        }
    }
}
