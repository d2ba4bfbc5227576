using Amazon.Runtime;
using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Core.Tests.PostgreSql;

/// <summary>What AWS's own botocore makes of the same database, credentials, region and moment.</summary>
public sealed class DatabaseTokenTests
{
    [Fact]
    public void A_token_is_the_signed_address_of_a_request_to_connect()
    {
        var token = DatabaseToken.Sign(
            Database("prod-instance.us-east-1.rds.amazonaws.com", 3306, "someusername"),
            new ImmutableCredentials("akid", "skid", null),
            "us-east-1",
            new DateTimeOffset(2016, 11, 7, 19, 39, 33, TimeSpan.FromHours(2)));

        Assert.Equal(
            "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=someusername&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=akid%2F20161107%2Fus-east-1%2Frds-db%2Faws4_request&X-Amz-Date=20161107T173933Z&X-Amz-Expires=900"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=d1138cdbc0ca63eec012ec0fc6c2267e03642168f5884a7795320d4c18374c61",
            token);
    }

    [Fact]
    public void The_token_of_a_session_carries_the_session()
    {
        var token = DatabaseToken.Sign(
            Database("warehouse.abc.eu-west-2.rds.amazonaws.com", 5432, "etl loader@x"),
            new ImmutableCredentials("AKIDEXAMPLE", "wJalr/EXAMPLE+KEY", "FwoG/session+token=="),
            "eu-west-2",
            new DateTimeOffset(2026, 11, 23, 12, 45, 3, TimeSpan.Zero));

        Assert.Contains("&DBUser=etl%20loader%40x&", token, StringComparison.Ordinal);
        Assert.Contains("&X-Amz-Security-Token=FwoG%2Fsession%2Btoken%3D%3D&", token, StringComparison.Ordinal);
        Assert.EndsWith("&X-Amz-Signature=090dbfd2a8488f4fb4a9dc164a9eccb9546cfad783efab6cb1f39eb193bc3a5f", token, StringComparison.Ordinal);
    }

    private static DatabaseSettings Database(string host, int port, string user) =>
        new() { Host = host, Port = port, Database = "warehouse", User = user, Password = string.Empty, UsesIam = true };
}
