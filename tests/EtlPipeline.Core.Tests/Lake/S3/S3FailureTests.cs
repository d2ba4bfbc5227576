using System.Net;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.S3;

namespace EtlPipeline.Core.Tests.Lake.S3;

public sealed class S3FailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_throttled_request_is_repeated()
    {
        var calls = 0;
        var s3 = new ScriptedS3(_ => ++calls == 1 ? ScriptedS3.Error(HttpStatusCode.ServiceUnavailable, "SlowDown") : ScriptedS3.Success());

        Assert.True(await PutAsync(s3, 1));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Throttling_that_does_not_end_is_an_error_with_bucket_key_and_code()
    {
        var s3 = new ScriptedS3(_ => ScriptedS3.Error(HttpStatusCode.ServiceUnavailable, "SlowDown"));

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => PutAsync(s3, 1));

        Assert.StartsWith("Bucket 'lake', key 'staff/a.json': S3 says SlowDown (503)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, s3.Requests.Count);
    }

    [Fact]
    public async Task Access_denied_is_an_error_with_bucket_key_and_code()
    {
        var store = Store(new ScriptedS3(_ => ScriptedS3.Error(HttpStatusCode.Forbidden, "AccessDenied")));

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => store.OpenAsync("staff/a.json", 0, Cancellation));

        Assert.StartsWith("Bucket 'lake', key 'staff/a.json': S3 says AccessDenied (403)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_inside_a_body_is_an_error_and_not_an_end()
    {
        var store = Store(new ScriptedS3(_ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new BrokenBody("[1,"u8.ToArray())) { Headers = { ContentLength = 1000 } },
        }));

        await using var stored = await store.OpenAsync("staff/a.json", 0, Cancellation);
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => stored!.Body.CopyToAsync(Stream.Null, Cancellation));

        Assert.StartsWith("Bucket 'lake', key 'staff/a.json': the connection to S3 failed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_is_down_is_an_error_with_bucket_and_key()
    {
        var s3 = new ScriptedS3(_ => throw new HttpRequestException("Connection refused"));

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => PutAsync(s3, 1));

        Assert.StartsWith("Bucket 'lake', key 'staff/a.json'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_meets_another_one_is_repeated_from_the_start_of_its_body()
    {
        var bodies = new List<long?>();
        var s3 = new ScriptedS3(request =>
        {
            Assert.Equal("*", request.Headers.IfNoneMatch.ToString());
            bodies.Add(request.Content!.Headers.ContentLength);
            return bodies.Count == 1 ? ScriptedS3.Error(HttpStatusCode.Conflict, "ConditionalRequestConflict") : ScriptedS3.Success();
        });

        Assert.True(await PutAsync(s3, 100));
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
    }

    [Fact]
    public async Task A_large_write_that_comes_too_late_was_one_request()
    {
        var s3 = new ScriptedS3(_ => ScriptedS3.Error(HttpStatusCode.PreconditionFailed, "PreconditionFailed"));

        Assert.False(await PutAsync(s3, (64 << 20) + 1));

        Assert.Equal(["PUT"], s3.Requests);
    }

    private static S3ObjectStore Store(ScriptedS3 s3) => new(s3.Client, "lake", TimeProvider.System);

    private static Task<bool> PutAsync(ScriptedS3 s3, int size) =>
        Store(s3).PutIfAbsentAsync("staff/a.json", new MemoryStream(new byte[size]), ObjectMetadata.Empty, Cancellation);
}
