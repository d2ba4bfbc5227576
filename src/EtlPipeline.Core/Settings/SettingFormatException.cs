namespace EtlPipeline.Core.Settings;

/// <summary>A setting is none of its valid choices, which its meaning lists already: the message would add nothing.</summary>
internal sealed class SettingFormatException : FormatException;
