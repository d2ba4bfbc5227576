namespace EtlPipeline.Core.Tests;

/// <summary>What can happen to a body: bytes that flip, vanish, come twice or come from nowhere.</summary>
internal static class Damage
{
    /// <summary>Characters that mean something in JSON, and a few that mean nothing anywhere.</summary>
    private static readonly byte[] Meaningful = [.. "[]{}\",:\\/u0189dDeE+-.tfn \n"u8, 0x00, 0x80, 0xC3, 0xEF, 0xFF];

    /// <summary>The bytes with one to three changes.</summary>
    public static byte[] Of(byte[] bytes, Random random)
    {
        var damaged = new List<byte>(bytes);
        for (var changes = random.Next(1, 4); changes > 0; changes--) Change(damaged, random);
        return [.. damaged];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(bytes.Count - at + 1);
        switch (random.Next(6))
        {
            case 0: bytes.RemoveRange(at, bytes.Count - at); break;
            case 1: bytes.RemoveRange(at, Math.Min(length, 3)); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 3 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 4 when at < bytes.Count: bytes[at] = Meaningful[random.Next(Meaningful.Length)]; break;
            default: bytes.Insert(at, Meaningful[random.Next(Meaningful.Length)]); break;
        }
    }
}
