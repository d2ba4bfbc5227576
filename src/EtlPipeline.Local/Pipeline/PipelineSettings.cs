using EtlPipeline.Core.Settings;

namespace EtlPipeline.Local.Pipeline;

/// <summary>The settings of the three functions, which one process has all of here.</summary>
internal sealed record PipelineSettings(ExtractSettings Extract, TransformSettings Transform, LoadSettings Load)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidSettingsException">One is missing or malformed; the exception names all of them.</exception>
    public static PipelineSettings Read(SettingsReader settings)
    {
        var read = new PipelineSettings(ExtractSettings.Read(settings), TransformSettings.Read(settings), LoadSettings.Read(settings));
        settings.ThrowIfInvalid();
        return read;
    }
}
