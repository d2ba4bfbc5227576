using EtlPipeline.Core.Hosting;
using EtlPipeline.TestFunction;

return await FunctionHost.RunAsync("Test", StageEvent.Read, context => new ObedientFunction(context).RunAsync);
