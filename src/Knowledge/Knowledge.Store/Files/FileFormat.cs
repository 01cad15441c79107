using System.Text;

namespace Knowledge.Store;

/// <summary>What all files of a store begin with.</summary>
internal static class FileFormat
{
    /// <summary>The version that is written.</summary>
    public const int Version = 1;

    /// <summary>Writes the first unit of a file.</summary>
    /// <param name="writer">At the file's beginning.</param>
    /// <param name="kind">What the file is.</param>
    public static void Begin(FrameWriter writer, string kind)
    {
        writer.Begin();
        writer.Text(Encoding.UTF8.GetBytes("knowledge store " + kind));
        writer.Int32(Version);
        writer.End();
    }

    /// <summary>Reads the first unit of a file without looking at it.</summary>
    public static void Skip(FrameInput input)
    {
        input.Text();
        input.Int32();
    }

    /// <summary>Reads and checks the first unit of a file.</summary>
    /// <param name="input">At the file's beginning.</param>
    /// <param name="kind">What the file should be.</param>
    /// <exception cref="StoreDamagedException">It is something else.</exception>
    /// <exception cref="StoreFormatException">A newer library wrote it.</exception>
    public static void Check(FrameInput input, string kind)
    {
        if (!input.TryBegin())
            throw input.Damaged("the file is empty");
        var found = Encoding.UTF8.GetString(input.Text());
        if (found != "knowledge store " + kind)
            throw input.Damaged($"it holds a '{found}' where a 'knowledge store {kind}' was needed");
        var version = input.Int32();
        if (version > Version)
            throw new StoreFormatException(version, Version);
    }
}
