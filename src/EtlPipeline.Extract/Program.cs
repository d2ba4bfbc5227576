using EtlPipeline.Core.Hosting;
using EtlPipeline.Extract;

return await FunctionHost.RunAsync(ExtractFunction.Stage, ExtractRequest.ReadEvent, context => new ExtractFunction(context).RunAsync);
