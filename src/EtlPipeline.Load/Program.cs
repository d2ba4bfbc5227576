using EtlPipeline.Core.Hosting;
using EtlPipeline.Load;

return await FunctionHost.RunAsync(LoadFunction.Stage, StageEvent.Read, context => new LoadFunction(context).RunAsync);
