using System.Globalization;
using System.Text;
using EtlPipeline.ColdStart;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing;
using EtlPipeline.Testing.Lambda;

// dotnet run -c Release --project tests/EtlPipeline.ColdStart -- artifacts [--write]
// The argument is the folder that src/Functions.proj fills. Prints a table in Markdown; --write puts it into docs/performance.md.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var artifacts = Path.GetFullPath(args.FirstOrDefault(argument => argument[0] != '-') ?? "artifacts");
const int Runs = 5;
string[] stages = ["Extract", "Transform", "Load"];

var history = new SampleHistory(new SampleOptions());
var moments = new Dictionary<TestDatabase, DateTimeOffset>();
await using var lake = await Lake.CreateAsync();
await using var tls = await TlsServer.StartAsync();
foreach (var source in new[] { lake.Source, tls.Lake.Source })
{
    moments[source] = new DateTimeOffset(2024, 12, 31, 12, 0, 0, TimeSpan.Zero);
    await using var connection = await source.OpenAsync();
    await TotesysDatabase.FillAsync(connection, history, moments[source], default);
}

var first = new Dictionary<string, ColdStart>();
foreach (var stage in stages) first[stage] = await MeasureAsync(FunctionExecutable.FindNative(artifacts, stage), lake.Environment);
foreach (var stage in stages) await MeasureAsync(FunctionExecutable.FindNative(artifacts, stage), tls.Environment);

var (managed, native, nativeTls) = (Results(), Results(), Results());
for (var run = 0; run < Runs; run++)
{
    foreach (var (results, source, environment, find) in new[]
    {
        (managed, lake.Source, lake.Environment, (Func<string, string>)FunctionExecutable.FindManaged),
        (native, lake.Source, lake.Environment, stage => FunctionExecutable.FindNative(artifacts, stage)),
        (nativeTls, tls.Lake.Source, tls.Environment, stage => FunctionExecutable.FindNative(artifacts, stage)),
    })
    {
        await AdvanceAsync(source);
        foreach (var stage in stages) results[stage].Add(await MeasureAsync(find(stage), environment));
    }
}

var table = new StringBuilder();
table.AppendLine(CultureInfo.InvariantCulture, $"Process start to response, medians of {Runs}: one hour's changes of the sample data; processor time in brackets. {DateTime.UtcNow:d MMMM yyyy}.");
table.AppendLine().AppendLine("| | JIT | Native AOT | times faster | Native, with TLS | the first run, all rows, native | zip |").AppendLine("|---|---|---|---|---|---|---|");
foreach (var stage in stages)
{
    var (jit, aot) = (ColdStart.Median(managed[stage]), ColdStart.Median(native[stage]));
    var zip = new FileInfo(Path.Combine(artifacts, $"{FunctionExecutable.FolderName(stage)}.zip")).Length / 1e6;
    table.AppendLine(CultureInfo.InvariantCulture, $"| {stage} | {Text(jit)} | {Text(aot)} | {jit.Elapsed / aot.Elapsed:0.0} | {Text(ColdStart.Median(nativeTls[stage]))} | {Text(first[stage])} | {zip:0.0} MB |");
}

Console.Write(table);
if (args.Contains("--write")) await WriteAsync(RepositoryFolder.Find(Path.Combine("docs", "performance.md")), table.ToString());
return;

Dictionary<string, List<ColdStart>> Results() => stages.ToDictionary(stage => stage, _ => new List<ColdStart>());

static Task<ColdStart> MeasureAsync(string executable, Dictionary<string, string> environment) => ColdStart.MeasureAsync(executable, environment, "{}"u8.ToArray());

async Task AdvanceAsync(TestDatabase source)
{
    await using var connection = await source.OpenAsync();
    await TotesysDatabase.AdvanceAsync(connection, history, moments[source], moments[source].AddHours(1), default);
    moments[source] = moments[source].AddHours(1);
}

static async Task WriteAsync(string page, string table)
{
    const string begin = "<!-- cold starts: begin -->", end = "<!-- cold starts: end -->";
    var text = await File.ReadAllTextAsync(page);
    await File.WriteAllTextAsync(page, $"{text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)]}\n\n{table}\n{text[text.IndexOf(end, StringComparison.Ordinal)..]}");
}

static string Text(ColdStart one) =>
    $"{one.Elapsed.TotalMilliseconds:0} ms ({one.Processor.TotalMilliseconds:0} ms), {one.Memory / 1e6:0} MB";
