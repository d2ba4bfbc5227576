using System.Globalization;
using EtlPipeline.ColdStart;
using EtlPipeline.SampleData;
using EtlPipeline.SampleData.Databases;
using EtlPipeline.Testing.Lambda;

// dotnet run -c Release --project tests/EtlPipeline.ColdStart -- artifacts
// The argument is the folder that src/Functions.proj fills. Prints a table in Markdown.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var artifacts = Path.GetFullPath(args.FirstOrDefault() ?? "artifacts");
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

Console.WriteLine($"Process start to response, medians of {Runs}: one hour's changes of the sample data, database without TLS; processor time in brackets.");
Console.WriteLine();
Console.WriteLine("| | JIT | Native AOT | times faster | the first run, all rows, native | zip |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var stage in stages)
{
    var (jit, aot) = (ColdStart.Median(managed[stage]), ColdStart.Median(native[stage]));
    var zip = new FileInfo(Path.Combine(artifacts, $"{FunctionExecutable.FolderName(stage)}.zip")).Length / 1e6;
    Console.WriteLine($"| {stage} | {Text(jit)} | {Text(aot)} | {jit.Elapsed / aot.Elapsed:0.0} | {Text(first[stage])} | {zip:0.0} MB |");
}

return;

async Task AdvanceAsync()
{
    await using var connection = await lake.Source.OpenAsync();
    await TotesysDatabase.AdvanceAsync(connection, history, moment, moment.AddHours(1), default);
    moment = moment.AddHours(1);
}

static string Text(ColdStart one) =>
    $"{one.Elapsed.TotalMilliseconds:0} ms ({one.Processor.TotalMilliseconds:0} ms), {one.Memory / 1e6:0} MB";
