namespace Knowledge.Store;

/// <summary>The entries of a dictionary in a file, in the order of their ids.</summary>
internal static class TermFile
{
    /// <summary>What the file says that it is.</summary>
    public const string Kind = "terms";

    /// <summary>Writes the first entries, those that are not in use without their texts.</summary>
    public static void Write(FrameWriter writer, TermDictionary dictionary, int count, TermUse use)
    {
        FileFormat.Begin(writer, Kind);
        writer.Begin();
        writer.Int32(count);
        for (var i = 1u; i <= count; i++)
            writer.Text(use.Contains(i) ? dictionary.Text(new TermId(i)) : default);
        writer.End();
    }

    /// <summary>Reads entries into an empty dictionary.</summary>
    public static void Read(FrameInput input, TermDictionary dictionary)
    {
        FileFormat.Check(input, Kind);
        if (!input.TryBegin())
            throw input.Damaged("the terms are missing");
        var count = input.Count(sizeof(int));
        dictionary.Reserve(count);
        ReadEntries(input, dictionary, count);
        if (input.TryBegin())
            throw input.Damaged("something follows the terms");
    }

    /// <summary>Writes entries.</summary>
    /// <param name="writer">Within a unit.</param>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="from">Entries before the first one.</param>
    /// <param name="to">Entries before the end.</param>
    public static void WriteEntries(FrameWriter writer, TermDictionary dictionary, int from, int to)
    {
        for (var i = from; i < to; i++)
            writer.Text(dictionary.Text(new TermId((uint)i + 1)));
    }

    /// <summary>Reads entries behind those that a dictionary has.</summary>
    public static void ReadEntries(FrameInput input, TermDictionary dictionary, int count)
    {
        var text = new byte[256];
        for (var i = 0; i < count; i++)
        {
            var length = input.Count(1);
            if (length > text.Length)
                text = new byte[length * 2];
            input.Bytes(text.AsSpan(0, length));
            if (length == 0)
                dictionary.AppendHole();
            else if (!dictionary.TryAppend(text.AsSpan(0, length)))
                throw input.Damaged($"entry {dictionary.Count + 1} has the text of an earlier one");
        }
    }
}
