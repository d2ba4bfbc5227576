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

await using var lake = await Lake.CreateAsync();
var history = new SampleHistory(new SampleOptions());
var moment = new DateTimeOffset(2024, 12, 31, 12, 0, 0, TimeSpan.Zero);
await using (var connection = await lake.Source.OpenAsync()) await TotesysDatabase.FillAsync(connection, history, moment, default);

var first = new Dictionary<string, ColdStart>();
foreach (var stage in stages) first[stage] = await ColdStart.MeasureAsync(FunctionExecutable.FindNative(artifacts, stage), lake, "{}"u8.ToArray());

var managed = stages.ToDictionary(stage => stage, _ => new List<ColdStart>());
var native = stages.ToDictionary(stage => stage, _ => new List<ColdStart>());
for (var run = 0; run < 2 * Runs; run++)
{
    var (results, find) = run % 2 == 0
        ? (managed, (Func<string, string>)FunctionExecutable.FindManaged)
        : (native, stage => FunctionExecutable.FindNative(artifacts, stage));
    await AdvanceAsync();
    foreach (var stage in stages) results[stage].Add(await ColdStart.MeasureAsync(find(stage), lake, "{}"u8.ToArray()));
}

var table = new StringBuilder();
table.AppendLine(CultureInfo.InvariantCulture, $"Process start to response, medians of {Runs}: one hour's changes of the sample data, database without TLS; processor time in brackets. {DateTime.UtcNow:d MMMM yyyy}.");
table.AppendLine().AppendLine("| | JIT | Native AOT | times faster | the first run, all rows, native | zip |").AppendLine("|---|---|---|---|---|---|");
foreach (var stage in stages)
{
    var (jit, aot) = (ColdStart.Median(managed[stage]), ColdStart.Median(native[stage]));
    var zip = new FileInfo(Path.Combine(artifacts, $"{FunctionExecutable.FolderName(stage)}.zip")).Length / 1e6;
    table.AppendLine(CultureInfo.InvariantCulture, $"| {stage} | {Text(jit)} | {Text(aot)} | {jit.Elapsed / aot.Elapsed:0.0} | {Text(first[stage])} | {zip:0.0} MB |");
}

Console.Write(table);
if (args.Contains("--write")) await WriteAsync(RepositoryFolder.Find(Path.Combine("docs", "performance.md")), table.ToString());
return;

async Task AdvanceAsync()
{
    await using var connection = await lake.Source.OpenAsync();
    await TotesysDatabase.AdvanceAsync(connection, history, moment, moment.AddHours(1), default);
    moment = moment.AddHours(1);
}

static async Task WriteAsync(string page, string table)
{
    const string begin = "<!-- cold starts: begin -->", end = "<!-- cold starts: end -->";
    var text = await File.ReadAllTextAsync(page);
    await File.WriteAllTextAsync(page, $"{text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)]}\n\n{table}\n{text[text.IndexOf(end, StringComparison.Ordinal)..]}");
}

static string Text(ColdStart one) =>
    $"{one.Elapsed.TotalMilliseconds:0} ms ({one.Processor.TotalMilliseconds:0} ms), {one.Memory / 1e6:0} MB";
