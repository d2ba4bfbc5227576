using Amazon.Runtime;
using Amazon.S3;

namespace EtlPipeline.Testing.S3;

/// <summary>The S3 server of this test process: LocalStack if Docker runs, else fauxqs on Node, started by the first test that asks for it.</summary>
/// <param name="Endpoint">Where it listens.</param>
/// <param name="Product">Its name.</param>
public sealed record S3Server(Uri Endpoint, string Product)
{
    /// <summary>The region that clients name.</summary>
    public const string Region = "eu-west-2";

    private static readonly Lazy<Task<S3Server?>> Started = new(StartAsync);

    /// <summary>A client of the server.</summary>
    public AmazonS3Client CreateClient() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = Endpoint.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = Region });

    /// <summary>The environment variables with which another process finds the server.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("AWS_ENDPOINT_URL_S3", Endpoint.AbsoluteUri),
        new("AWS_ACCESS_KEY_ID", "test"),
        new("AWS_SECRET_ACCESS_KEY", "test"),
        new("AWS_REGION", Region),
    ];

    /// <summary>The server. Skips the test if there can be none, but fails in CI.</summary>
    public static async Task<S3Server> GetAsync()
    {
        if (await Started.Value is { } server) return server;
        const string reason = "an S3 server needs Docker, or Node.js 20 with npm";
        if (System.Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) throw new InvalidOperationException(reason);
        Assert.Skip(reason);
        return null;
    }

    private static async Task<S3Server?> StartAsync() =>
        await LocalStackServer.TryStartAsync() is { } container ? new S3Server(container, "LocalStack")
        : await FauxqsServer.TryStartAsync() is { } process ? new S3Server(process, "fauxqs")
        : null;
}
