using EtlPipeline.Local.Demo;
using EtlPipeline.Local.Pipeline;

namespace EtlPipeline.Local.CommandLine;

/// <summary>The pipeline that a command works on: that of the settings, or the demo's where there are none.</summary>
internal static class ChosenPipeline
{
    /// <summary>Reads the settings; the demo's server is started where it is stopped, and left running.</summary>
    /// <exception cref="Core.Settings.InvalidSettingsException">Settings are there, and not complete.</exception>
    /// <exception cref="Core.Hosting.PipelineException">There are none, and no demo either.</exception>
    public static async Task<PipelineSettings> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.IsForDemo) return PipelineSettings.Read(context.ReadSettings());
        var server = await DemoServer.ResumeAsync(context.DemoFolder, context.Terminal, context.Clock, cancellationToken);
        return DemoSettings.Of(server, context.DemoFolder);
    }
}
