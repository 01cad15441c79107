using System.Text;

namespace Backends.Torch.Tests.Native;

/// <summary>A 64-bit ELF file with nothing but a table of version needs: two libraries, three versions.</summary>
internal static class TinyElf
{
    public const int SectionTable = 64;
    public const int Needs = SectionTable + (3 * 64);
    public const int Strings = 512;
    private const string Names = "\0libstdc++.so.6\0GLIBCXX_3.4.32\0GLIBCXX_3.4.3\0libc.so.6\0GLIBC_2.34\0";

    public static byte[] Build()
    {
        var file = new byte[640];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        BitConverter.TryWriteBytes(file.AsSpan(0x28), (long)SectionTable);
        BitConverter.TryWriteBytes(file.AsSpan(0x3A), (ushort)64);
        BitConverter.TryWriteBytes(file.AsSpan(0x3C), (ushort)3);
        Section(file, 1, 3, Strings, 0);
        Section(file, 2, 0x6ffffffe, Needs, 1);
        Need(file, Needs, 2, 16, 48);
        Entry(file, Needs + 16, "GLIBCXX_3.4.3", 16);
        Entry(file, Needs + 32, "GLIBCXX_3.4.32", 0);
        Need(file, Needs + 48, 1, 16, 0);
        Entry(file, Needs + 64, "GLIBC_2.34", 0);
        Encoding.ASCII.GetBytes(Names).CopyTo(file, Strings);
        return file;
    }

    /// <summary>Offset of the flags of the only entry that may change.</summary>
    public static int WeakenedFlags => Needs + 32 + 4;

    private static void Section(byte[] file, int index, uint type, long offset, uint link)
    {
        var at = SectionTable + (index * 64);
        BitConverter.TryWriteBytes(file.AsSpan(at + 4), type);
        BitConverter.TryWriteBytes(file.AsSpan(at + 24), offset);
        BitConverter.TryWriteBytes(file.AsSpan(at + 40), link);
    }

    private static void Need(byte[] file, int at, ushort count, uint first, uint next)
    {
        BitConverter.TryWriteBytes(file.AsSpan(at), (ushort)1);
        BitConverter.TryWriteBytes(file.AsSpan(at + 2), count);
        BitConverter.TryWriteBytes(file.AsSpan(at + 8), first);
        BitConverter.TryWriteBytes(file.AsSpan(at + 12), next);
    }

    private static void Entry(byte[] file, int at, string name, uint next)
    {
        BitConverter.TryWriteBytes(file.AsSpan(at + 8), (uint)Names.IndexOf(name + "\0", StringComparison.Ordinal));
        BitConverter.TryWriteBytes(file.AsSpan(at + 12), next);
    }
}
