using System.Globalization;
using System.Net;

namespace EtlPipeline.Testing.Lambda;

/// <summary>Starts HTTP servers for tests, on ports that nobody has.</summary>
public static class LoopbackListener
{
    /// <summary>Starts one on 127.0.0.1, which answers to <c>localhost</c>, too.</summary>
    public static (HttpListener Listener, string Port) Start()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 60_000).ToString(CultureInfo.InvariantCulture);
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/", $"http://localhost:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException)
            {
                listener.Close(); // somebody has the port
            }
        }
    }
}
