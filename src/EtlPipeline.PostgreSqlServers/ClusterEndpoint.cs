using System.Net;
using System.Net.Sockets;
using System.Text;
using EtlPipeline.Core.Settings;

namespace EtlPipeline.PostgreSqlServers;

/// <summary>Where a private cluster listens: a Unix socket in its own folder, or on Windows the loopback address.</summary>
/// <param name="Host">The socket's folder, or an address.</param>
/// <param name="Port">The TCP port; with a socket, the number in its file's name.</param>
public sealed record ClusterEndpoint(string Host, int Port)
{
    // The kernel's sockaddr_un holds 108 bytes on Linux and 104 on macOS (unix(7)); the socket's file name takes 17 of them.
    private const int LongestFolder = 80;

    /// <summary>Whether it is a Unix socket.</summary>
    public bool IsSocket => Path.IsPathRooted(Host);

    /// <summary>The socket in a cluster's folder; a free port of the loopback address if the system has no such sockets or the path is too long for one.</summary>
    public static ClusterEndpoint Choose(string folder) =>
        OperatingSystem.IsWindows() || Encoding.UTF8.GetByteCount(folder) > LongestFolder
            ? new ClusterEndpoint(IPAddress.Loopback.ToString(), FreePort())
            : new ClusterEndpoint(folder, 5432);

    /// <summary>The settings that make a server listen there and nowhere else, each written <c>name=value</c>.</summary>
    public IEnumerable<string> ServerSettings =>
        IsSocket ? ["listen_addresses=", $"unix_socket_directories={Host}", $"port={Port}"] : [$"listen_addresses={Host}", "unix_socket_directories=", $"port={Port}"];

    /// <summary>How a database behind the endpoint is reached, as the cluster's superuser.</summary>
    public DatabaseSettings Database(string name, string password) => new()
    {
        Host = Host,
        Port = Port,
        Database = name,
        User = PrivateCluster.Role,
        Password = password,
        Security = ConnectionSecurity.Disable,
    };

    /// <summary>A port of the loopback address that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
