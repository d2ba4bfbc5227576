namespace EtlPipeline.SampleData.Randomness;

/// <summary>
/// A row's random numbers: Steele, Lea and Flood, <i>Fast Splittable Pseudorandom Number Generators</i> (2014). The base library's
/// generator promises no sequence across its versions, and a history must be the same on every machine.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state = state;

    /// <summary>A number that depends on both, and looks like neither.</summary>
    public static ulong Combine(ulong left, ulong right) => Mix(Mix(left + Increment) ^ right);

    public ulong Next() => Mix(_state += Increment);

    /// <summary>A number from 0 to just below a bound.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from one bound to another, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A number from 0 to just below 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
