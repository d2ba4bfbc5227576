using EtlPipeline.Core.Hosting;
using EtlPipeline.Transform;

return await FunctionHost.RunAsync(TransformFunction.Stage, StageEvent.Read, context => new TransformFunction(context).RunAsync);
