using EtlPipeline.Core.Lake;

namespace EtlPipeline.Extract.Reading;

/// <summary>Collects the transactions of visible rows, from a first one on, in as little memory as their bitmap takes.</summary>
/// <param name="first">The first one.</param>
internal sealed class SeenSet(ulong first)
{
    private byte[] _bits = [];
    private int _length;

    /// <summary>Whether one was left out, because it lies too far above the first.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds a transaction; one below the first doesn't matter.</summary>
    public void Add(ulong transaction)
    {
        if (transaction < first) return;
        var place = transaction - first;
        if (place / 8 >= SeenTransactions.LongestBitmap)
        {
            IsCut = true;
            return;
        }

        var index = (int)(place / 8);
        if (index >= _bits.Length) Array.Resize(ref _bits, Math.Min(SeenTransactions.LongestBitmap, Math.Max(64, (index + 1) * 2)));
        _bits[index] |= (byte)(1 << (int)(place % 8));
        _length = Math.Max(_length, index + 1);
    }

    /// <summary>The set as it is now.</summary>
    public SeenTransactions ToSeen() => new(first, _bits[.._length]);
}
