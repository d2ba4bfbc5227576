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

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "... ResourceNotFoundException: Secrets Manager can't find the specified secret.", "it doesn't exist, or has no current value")]
    [InlineData(HttpStatusCode.BadRequest, "... InvalidRequestException: ... because it was marked for deletion.", "aws secretsmanager restore-secret")]
    [InlineData(HttpStatusCode.BadRequest, "... AccessDeniedException: ...", "secretsmanager:GetSecretValue")]
    [InlineData(HttpStatusCode.BadRequest, "... DecryptionFailure: ...", "kms:Decrypt")]
    [InlineData(HttpStatusCode.Forbidden, "hunter2", "secretsmanager:GetSecretValue")]
    [InlineData(HttpStatusCode.InternalServerError, "", "check that it exists")]
    public async Task A_refusal_names_the_secret_and_what_to_do(HttpStatusCode status, string answer, string advice)
    {
        var extension = new FakeExtension(_ => Answer(status, answer));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));

        Assert.Contains(Arn, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"answered {(int)status}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_without_the_extension_is_told_which_layer_is_missing()
    {
        var extension = new FakeExtension(_ => throw new HttpRequestException("Connection refused"));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));

        Assert.Contains("AWS-Parameters-and-Secrets-Lambda-Extension", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_extension_that_does_not_answer_in_time_is_no_deadline()
    {
        var extension = new FakeExtension(_ => throw new TaskCanceledException("timed out"));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));

        Assert.Contains("it took too long", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"SecretString": "{\"user\": \"hunter2\"}"}""")]
    [InlineData("""{"SecretString": "{\"password\": null, \"user\": \"hunter2\"}"}""")]
    [InlineData("""{"SecretString": "{\"password\": \"\", \"user\": \"hunter2\"}"}""")]
    [InlineData("""{"SecretString": "{\"password\": 7, \"user\": \"hunter2\"}"}""")]
    [InlineData("""{"SecretString": "{hunter2"}""")]
    [InlineData("""{"SecretString": ""}""")]
    [InlineData("""{"SecretString": null}""")]
    [InlineData("""{"SecretBinary": "aHVudGVyMg=="}""")]
    [InlineData("[\"hunter2\"]")]
    [InlineData("hunter2")]
    public async Task A_secret_without_a_password_is_an_error_that_does_not_quote_it_and_is_asked_for_again(string answer)
    {
        var answers = new Queue<string>([answer, """{"SecretString": "plain pass"}"""]);
        var extension = new FakeExtension(_ => Answer(HttpStatusCode.OK, answers.Dequeue()));

        var exception = await Assert.ThrowsAsync<SecretException>(() => extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation));
        var settings = await extension.Secrets.WithPasswordAsync(Settings(Arn), Cancellation);

        Assert.Contains(Arn, exception.Message, StringComparison.Ordinal);
        Assert.Contains("it has no password", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal("plain pass", settings.Password);
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
