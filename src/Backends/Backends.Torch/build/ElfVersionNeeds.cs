// Compiled twice: into Backends.Torch (where the tests see the pure part) and, by build/TorchNative.targets, into a build task.
using System;
using System.IO;
using System.Text;

namespace Backends.Torch.Native;

/// <summary>Reads and weakens the symbol versions that an ELF library asks of others.</summary>
/// <remarks>
/// System V ABI, chapter 4 (section headers), and "ELF Symbol Versioning" by Ulrich Drepper: a need whose flags hold VER_FLG_WEAK (2) may be
/// missing at load time. 64-bit little-endian files only.
/// </remarks>
internal static class ElfVersionNeeds
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const int WeakFlag = 2;
    private const int MaxEntries = 10_000;

    /// <summary>Sets the weak flag of every need named <paramref name="version"/> in place.</summary>
    /// <param name="elf">The whole file.</param>
    /// <param name="version">A version's name, for example GLIBCXX_3.4.32.</param>
    /// <returns>How many needs have that name (weak before or not).</returns>
    /// <exception cref="InvalidDataException">Not a 64-bit little-endian ELF file, or one with broken tables.</exception>
    public static int Weaken(byte[] elf, string version)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        try
        {
            long table = BitConverter.ToInt64(elf, 0x28);
            int size = BitConverter.ToUInt16(elf, 0x3A), count = BitConverter.ToUInt16(elf, 0x3C), found = 0;
            for (int i = 0; i < count; i++)
            {
                int section = checked((int)(table + ((long)i * size)));
                if (BitConverter.ToUInt32(elf, section + 4) != VersionNeedSection)
                    continue;
                long names = BitConverter.ToInt64(elf, checked((int)(table + ((long)BitConverter.ToUInt32(elf, section + 40) * size))) + 24);
                found += WeakenSection(elf, BitConverter.ToInt64(elf, section + 24), names, version);
            }

            return found;
        }
        catch (Exception fault) when (fault is ArgumentException || fault is IndexOutOfRangeException || fault is OverflowException)
        {
            throw new InvalidDataException("The ELF file's version tables point outside the file.", fault);
        }
    }

    /// <summary>Whether a file holds a name as a whole, zero-terminated string: the way libraries list the versions that they offer.</summary>
    public static bool Mentions(byte[] file, string name)
    {
        var wanted = Encoding.ASCII.GetBytes(name + "\0");
        for (int at = Array.IndexOf(file, wanted[0]); at >= 0 && at + wanted.Length <= file.Length; at = Array.IndexOf(file, wanted[0], at + 1))
        {
            int same = 0;
            while (same < wanted.Length && file[at + same] == wanted[same])
                same++;
            if (same == wanted.Length)
                return true;
        }

        return false;
    }

    private static int WeakenSection(byte[] elf, long offset, long names, string version)
    {
        int found = 0, entries = 0;
        for (long need = offset; ;)
        {
            int count = BitConverter.ToUInt16(elf, checked((int)need) + 2);
            long entry = need + BitConverter.ToUInt32(elf, (int)need + 8);
            for (int k = 0; k < count; k++)
            {
                if (++entries > MaxEntries)
                    throw new InvalidDataException("The ELF file's version table has no end.");
                if (NameAt(elf, names + BitConverter.ToUInt32(elf, checked((int)entry) + 8)) == version)
                {
                    elf[entry + 4] |= WeakFlag;
                    found++;
                }

                entry += BitConverter.ToUInt32(elf, (int)entry + 12);
            }

            uint next = BitConverter.ToUInt32(elf, (int)need + 12);
            if (next == 0)
                return found;
            if (++entries > MaxEntries)
                throw new InvalidDataException("The ELF file's version table has no end.");
            need += next;
        }
    }

    private static string NameAt(byte[] elf, long offset)
    {
        int start = checked((int)offset), end = Array.IndexOf(elf, (byte)0, start);
        return Encoding.ASCII.GetString(elf, start, end - start);
    }
}

#if !BACKENDS_TORCH
/// <summary>Writes a copy of a library whose need for one symbol version is weak where this system does not offer that version.</summary>
public sealed class WeakVersionNeed : Microsoft.Build.Utilities.Task
{
    private static readonly string[] s_folders = { "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib" };

    [Microsoft.Build.Framework.Required]
    public string Source { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; }

    [Microsoft.Build.Framework.Required]
    public string Version { get; set; }

    public string Mode { get; set; }

    public override bool Execute()
    {
        byte[] file = File.ReadAllBytes(Source);
        bool weaken = Mode == "always" || (Mode != "never" && !SystemOffers(Version));
        if (weaken)
        {
            int found = Backends.Torch.Native.ElfVersionNeeds.Weaken(file, Version);
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Low, "{0}: {1} need(s) of {2} made weak.", Source, found, Version);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        File.WriteAllBytes(Destination, file);
        return true;
    }

    private static bool SystemOffers(string version)
    {
        foreach (string folder in s_folders)
        {
            string path = Path.Combine(folder, "libstdc++.so.6");
            if (File.Exists(path))
                return Backends.Torch.Native.ElfVersionNeeds.Mentions(File.ReadAllBytes(path), version);
        }

        return false;
    }
}
#endif
