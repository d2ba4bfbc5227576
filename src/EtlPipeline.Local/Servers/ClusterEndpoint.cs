using System.Net;
using System.Net.Sockets;
using System.Text;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Servers;

/// <summary>Where a private cluster listens: a Unix socket in its own folder, or on Windows the loopback address.</summary>
internal sealed record ClusterEndpoint(string Host, int Port)
{
    // The kernel's sockaddr_un holds 108 bytes on Linux and 104 on macOS (unix(7)); the socket's file name takes 17 of them.
    private const int LongestFolder = 80;

    public bool IsSocket => Path.IsPathRooted(Host);

    public static ClusterEndpoint Choose(string folder) =>
        OperatingSystem.IsWindows() || Encoding.UTF8.GetByteCount(folder) > LongestFolder
            ? new ClusterEndpoint(IPAddress.Loopback.ToString(), FreePort())
            : new ClusterEndpoint(folder, 5432);

    public IEnumerable<string> ServerSettings =>
        IsSocket ? ["listen_addresses=", $"unix_socket_directories={Host}", $"port={Port}"] : [$"listen_addresses={Host}", "unix_socket_directories=", $"port={Port}"];

    public DatabaseSettings Database(string name, string password) => new()
    {
        Host = Host,
        Port = Port,
        Database = name,
        User = PrivateCluster.Role,
        Password = password,
        Security = ConnectionSecurity.Disable,
    };

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
