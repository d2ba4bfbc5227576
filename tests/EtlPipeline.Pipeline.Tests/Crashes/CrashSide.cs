namespace EtlPipeline.Pipeline.Tests.Crashes;

/// <summary>On which side of an effect the run is killed.</summary>
public enum CrashSide
{
    /// <summary>The effect does not take place.</summary>
    Before,

    /// <summary>It takes place, and the run is dead before it learns of it.</summary>
    After,
}
