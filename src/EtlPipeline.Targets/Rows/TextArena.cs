using System.Buffers;
using System.Text.Unicode;
using EtlPipeline.Core.Rows;

namespace EtlPipeline.Targets.Rows;

/// <summary>Room for many short texts: a few large arrays in place of a string a value.</summary>
internal sealed class TextArena
{
    private const int BlockLength = 1 << 15;

    private readonly List<char[]> _blocks = [new char[BlockLength]];
    private int _current;
    private int _used;

    /// <summary>Adds a text given in UTF-8.</summary>
    /// <exception cref="InvalidRowException">It is not valid UTF-8, or has the character U+0000.</exception>
    public ReadOnlyMemory<char> Add(ReadOnlySpan<byte> utf8)
    {
        // A text has at most as many UTF-16 units as it has bytes. A long one gets an array of its own.
        if (utf8.Length > BlockLength / 4) return Transcode(utf8, new char[utf8.Length]);
        if (utf8.Length > BlockLength - _used) NextBlock();
        var text = Transcode(utf8, _blocks[_current].AsMemory(_used));
        _used += text.Length;
        return text;
    }

    /// <summary>Frees the room for other texts; the old ones are gone.</summary>
    public void Clear() => (_current, _used) = (0, 0);

    private void NextBlock()
    {
        if (++_current == _blocks.Count) _blocks.Add(new char[BlockLength]);
        _used = 0;
    }

    private static ReadOnlyMemory<char> Transcode(ReadOnlySpan<byte> utf8, Memory<char> room)
    {
        if (Utf8.ToUtf16(utf8, room.Span, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new InvalidRowException("the text is not valid Unicode");
        return utf8.Contains((byte)0)
            ? throw new InvalidRowException("the text has the character U+0000, which PostgreSQL can't hold")
            : room[..length];
    }
}
