using System.Globalization;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;

namespace EtlPipeline.TestProcesses;

/// <summary>Races other processes for the keys of a folder bucket.</summary>
internal static class KeyRacer
{
    /// <summary>Waits for a line, then writes one line for each key that it won.</summary>
    /// <param name="arguments">The bucket's folder, this writer's name, how many keys.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (folder, writer, keys) = (arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var store = new FolderObjectStore(folder);
        Console.WriteLine("ready");
        Console.ReadLine();
        for (var number = 0; number < keys; number++)
        {
            var key = $"race/{number}.json";
            using var body = new MemoryStream(Encoding.UTF8.GetBytes(writer));
            if (await store.PutIfAbsentAsync(key, body, new ObjectMetadata { { "run", writer } }, CancellationToken.None)) Console.WriteLine(key);
        }

        return 0;
    }
}
