using System.Globalization;
using System.Text;
using EtlPipeline.Core.Lake;
using EtlPipeline.Core.Lake.Folders;

// Arguments: the bucket's folder, this writer's name, how many keys. Waits for a line, then writes one line for each key that it won.
var (folder, writer, keys) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
var store = new FolderObjectStore(folder);
Console.WriteLine("ready");
Console.ReadLine();
for (var number = 0; number < keys; number++)
{
    var key = $"race/{number}.json";
    using var body = new MemoryStream(Encoding.UTF8.GetBytes(writer));
    if (await store.PutIfAbsentAsync(key, body, new ObjectMetadata { { "run", writer } }, CancellationToken.None)) Console.WriteLine(key);
}
