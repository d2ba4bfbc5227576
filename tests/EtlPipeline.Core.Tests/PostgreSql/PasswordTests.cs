using EtlPipeline.Core.PostgreSql;
using EtlPipeline.Core.Settings;
using EtlPipeline.PostgreSqlServers;
using Npgsql;

namespace EtlPipeline.Core.Tests.PostgreSql;

/// <summary>On a cluster of its own, because the one that tests share lets its account in without a password.</summary>
public sealed class PasswordTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"etl-pipeline-password-{Environment.ProcessId}");
    private PrivateCluster? _cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (PostgreSqlBinaries.Find() is not { } binaries) return;
        _cluster = new PrivateCluster(binaries, _folder, new ClusterOptions());
        try
        {
            await StartAsync(_cluster);
        }
        catch
        {
            // The runner disposes only of what was initialized.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { }) await _cluster.DeleteAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_being_said_and_the_right_one_is_taken()
    {
        Assert.SkipWhen(_cluster is null, "PostgreSQL's server programs are not installed.");
        await using var wrong = new PostgreSqlDatabase(Settings("reader", "wr0ng-s3cret"), new SessionOptions());
        await using var right = new PostgreSqlDatabase(Settings("reader", "right; Host='x'"), new SessionOptions());

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => wrong.OpenAsync(Cancellation));
        await using var connection = await right.OpenAsync(Cancellation);

        Assert.Equal($"{wrong}: the server refused the role or its password (28P01)", failure.Message);
        Assert.DoesNotContain("wr0ng-s3cret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("right;", connection.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_whose_rotation_is_under_way_is_told_as_such_and_the_rotated_one_is_taken()
    {
        Assert.SkipWhen(_cluster is null, "PostgreSQL's server programs are not installed.");
        await using var old = new PostgreSqlDatabase(Settings("reader", "0ld-s3cret") with { PasswordSecret = "arn:oltp" }, new SessionOptions());
        await using var rotated = new PostgreSqlDatabase(Settings("reader", "right; Host='x'") with { PasswordSecret = "arn:oltp" }, new SessionOptions());

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => old.OpenAsync(Cancellation));
        await using var connection = await rotated.OpenAsync(Cancellation);

        Assert.StartsWith($"{old}: the server refused the password of the secret arn:oltp (28P01); if it is being rotated", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0ld-s3cret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_made_for_each_session_and_taken_as_its_password()
    {
        Assert.SkipWhen(_cluster is null, "PostgreSQL's server programs are not installed.");
        var tokens = new Queue<string>(["right; Host='x'", "3xpired-t0ken"]);
        await using var database = new PostgreSqlDatabase(Settings("reader", string.Empty) with { UsesIam = true }, new SessionOptions(), tokens.Dequeue);

        await using var connection = await database.OpenAsync(Cancellation);
        var failure = await Assert.ThrowsAsync<DatabaseException>(() => database.OpenAsync(Cancellation));

        Assert.StartsWith($"{database}: the server refused the role reader or its IAM token (28P01); see that the role was granted rds_iam", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("3xpired-t0ken", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_can_not_be_made_says_why()
    {
        Assert.SkipWhen(_cluster is null, "PostgreSQL's server programs are not installed.");
        await using var database = new PostgreSqlDatabase(
            Settings("reader", string.Empty) with { UsesIam = true }, new SessionOptions(), () => throw new InvalidOperationException("there are no AWS credentials"));

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => database.OpenAsync(Cancellation));

        Assert.Equal($"{database}: the connection failed: there are no AWS credentials", failure.Message);
    }

    private async Task StartAsync(PrivateCluster cluster)
    {
        await cluster.StartAsync(Cancellation);
        await using (var connection = new NpgsqlConnection(ConnectionText.Build(Settings("postgres", string.Empty))))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = new NpgsqlCommand("CREATE ROLE reader LOGIN PASSWORD 'right; Host=''x'''", connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await cluster.StopAsync(Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "data", "pg_hba.conf"), "local all all scram-sha-256\n", Cancellation);
        await cluster.StartAsync(Cancellation);
    }

    private DatabaseSettings Settings(string user, string password) =>
        _cluster!.Database("postgres") with { User = user, Password = password, Security = ConnectionSecurity.Disable };
}
