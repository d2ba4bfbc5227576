using EtlPipeline.Core.Settings;
using EtlPipeline.Local.Demo;
using EtlPipeline.Testing;

namespace EtlPipeline.Local.Tests.Demo;

public sealed class PsqlCommandTests
{
    private static readonly DatabaseSettings Database = new()
    {
        Host = "/home/me/.local/postgresql",
        Database = "warehouse",
        User = "postgres",
        Password = "a secret",
    };

    [Fact]
    public void A_socket_is_named_by_its_folder() =>
        Assert.Equal("psql -h /home/me/.local/postgresql -p 5432 -U postgres warehouse", PsqlCommand.Write(Database, null));

    [Fact]
    public void A_folder_with_blanks_is_quoted() =>
        Assert.Equal("psql -h \"/my files\" -p 5432 -U postgres warehouse", PsqlCommand.Write(Database with { Host = "/my files" }, null));

    [Fact]
    public async Task A_password_is_in_a_file_of_its_owner_and_not_in_the_command()
    {
        using var folder = new TestFolder();
        var loopback = Database with { Host = "127.0.0.1", Port = 6543 };

        var file = await PasswordFile.WriteAsync(loopback, new DemoFolder(folder.Path), TestContext.Current.CancellationToken);
        var command = PsqlCommand.Write(loopback, file);

        Assert.DoesNotContain("secret", command, StringComparison.Ordinal);
        Assert.Contains($"passfile='{file!.Replace('\\', '/')}'", command, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1:6543:*:postgres:a secret", (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
