using EtlPipeline.TestProcesses;

return args switch
{
    ["race", .. var rest] => await KeyRacer.RunAsync(rest),
    ["extract"] => await ExtractRun.RunAsync(),
    ["read-damaged-parquet", .. var rest] => ParquetDamageReader.Run(rest),
    _ => Refuse(),
};

static int Refuse()
{
    Console.Error.WriteLine("The first argument is race, extract or read-damaged-parquet.");
    return 3;
}
