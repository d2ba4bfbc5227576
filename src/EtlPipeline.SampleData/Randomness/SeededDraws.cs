namespace EtlPipeline.SampleData.Randomness;

/// <summary>
/// Random numbers that depend on what they are for and not on what was drawn before, so that any row can be made on its own.
/// </summary>
internal sealed class SeededDraws(ulong seed)
{
    /// <param name="topic">What the numbers are for.</param>
    /// <param name="number">Which of them, such as a row's key.</param>
    /// <param name="revision">Which life of it.</param>
    public SplitMix64 For(Topic topic, int number, int revision = 0) =>
        new(SplitMix64.Combine(SplitMix64.Combine(seed, (ulong)topic), ((ulong)(uint)number << 32) | (uint)revision));
}
