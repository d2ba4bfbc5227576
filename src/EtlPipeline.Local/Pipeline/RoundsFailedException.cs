namespace EtlPipeline.Local.Pipeline;

/// <summary>A series of rounds has ended, and not all went well; each told its own errors at the time.</summary>
internal sealed class RoundsFailedException(int failed, int rounds)
    : Exception($"{failed} of {rounds} rounds had errors; they are above. The next round carries on where they stopped.");
