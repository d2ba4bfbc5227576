using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;

namespace EtlPipeline.Core.Tests.Lake.S3;

/// <summary>A network on which S3 answers as a test says: for what no server does on demand.</summary>
internal sealed class ScriptedS3 : HttpClientFactory
{
    private readonly Func<HttpRequestMessage, HttpResponseMessage> _answer;
    private readonly Lock _lock = new();

    public ScriptedS3(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answer = answer;
        Client = new AmazonS3Client(new BasicAWSCredentials("test", "test"), new AmazonS3Config
        {
            ServiceURL = "http://s3.test",
            ForcePathStyle = true,
            AuthenticationRegion = "eu-west-2",
            HttpClientFactory = this,
            CacheHttpClient = false,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 2,
        });
    }

    public AmazonS3Client Client { get; }

    /// <summary>Method and query of every request, in order.</summary>
    public List<string> Requests { get; } = [];

    public static HttpResponseMessage Error(HttpStatusCode status, string code) => new(status)
    {
        Content = new StringContent($"<Error><Code>{code}</Code><Message>as the test says</Message></Error>", Encoding.UTF8, "application/xml"),
    };

    public static HttpResponseMessage Success(string xml = "")
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(xml) };
        response.Headers.TryAddWithoutValidation("ETag", "\"etag\"");
        return response;
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        lock (_lock) Requests.Add($"{request.Method} {request.RequestUri!.Query}".TrimEnd());
        var response = _answer(request);
        response.RequestMessage = request;
        return response;
    }

    private sealed class Handler(ScriptedS3 server) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is { } body) await body.CopyToAsync(Stream.Null, cancellationToken);
            return server.Answer(request);
        }
    }
}
