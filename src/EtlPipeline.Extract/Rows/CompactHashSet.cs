using System.Collections;
using System.Runtime.InteropServices;

namespace EtlPipeline.Extract.Rows;

/// <summary>A set of hashes at sixteen bytes and a bit each: filled first, then sealed, then looked into. A member can be marked.</summary>
/// <param name="capacity">How many hashes are expected.</param>
internal sealed class CompactHashSet(long capacity)
{
    private readonly List<UInt128> _hashes = new((int)Math.Min(capacity, Array.MaxLength));
    private BitArray _marks = new(0);

    public int Count => _hashes.Count;

    public void Add(UInt128 hash) => _hashes.Add(hash);

    /// <summary>Ends the filling.</summary>
    public void Seal()
    {
        CollectionsMarshal.AsSpan(_hashes).Sort();
        _marks = new BitArray(_hashes.Count);
    }

    public bool Contains(UInt128 hash) => _hashes.BinarySearch(hash) >= 0;

    /// <summary>Marks a member; false where it is none, or was marked before.</summary>
    public bool TryMark(UInt128 hash)
    {
        var index = _hashes.BinarySearch(hash);
        if (index < 0 || _marks[index]) return false;
        _marks[index] = true;
        return true;
    }

    public bool IsMarked(UInt128 hash) => _hashes.BinarySearch(hash) is >= 0 and var index && _marks[index];
}
