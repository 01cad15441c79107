namespace Knowledge.Store;

/// <summary>A transaction in the log: what it changed, and the terms that it is the first to use.</summary>
internal static class CommitUnit
{
    /// <summary>Writes a transaction.</summary>
    /// <param name="writer">Of the log.</param>
    /// <param name="edit">The step.</param>
    /// <param name="next">The state after it.</param>
    /// <param name="dictionary">The dictionary.</param>
    /// <param name="terms">The entries that are new to the files: those from and to, and single ones that were left out of them.</param>
    public static void Write(FrameWriter writer, StateEdit edit, StoreState next, TermDictionary dictionary, (int From, int To, IReadOnlyCollection<uint> LeftOut) terms)
    {
        writer.Begin();
        writer.Int64(next.Version);
        writer.Int64(next.Time);
        writer.Int64(next.Moment);
        writer.Int32(terms.From);
        writer.Int32(terms.To - terms.From);
        TermFile.WriteEntries(writer, dictionary, terms.From, terms.To);
        writer.Int32(terms.LeftOut.Count);
        foreach (var id in terms.LeftOut)
        {
            writer.UInt32(id);
            writer.Text(dictionary.Text(new TermId(id)));
        }

        writer.Int32(edit.Prefixes is null ? 0 : 1);
        if (edit.Prefixes is not null)
            ColumnFile.WritePrefixes(writer, edit.Prefixes);
        writer.Int32(edit.Erasures.Count);
        foreach (var (graph, predicate, pairs) in edit.Erasures)
        {
            writer.UInt32(graph);
            writer.UInt32(predicate);
            writer.Words(pairs);
        }

        var changes = edit.Changes.ToList();
        writer.Int32(changes.Count);
        foreach (var (graph, predicate, change) in changes)
        {
            writer.UInt32(graph);
            writer.UInt32(predicate);
            writer.Words(change.Born);
            writer.Words(change.Gone);
            writer.Int32(change.Timed.Length);
            foreach (var timed in change.Timed)
            {
                writer.Int64((long)timed.Pair);
                ColumnFile.WriteTimes(writer, timed.After);
            }
        }

        writer.End();
    }

    /// <summary>Reads a transaction and makes its changes.</summary>
    /// <param name="input">At the beginning of a unit.</param>
    /// <param name="state">The state before it.</param>
    /// <param name="dictionary">Gets the new terms.</param>
    /// <returns>The state after it.</returns>
    public static StoreState Read(FrameInput input, StoreState state, TermDictionary dictionary)
    {
        var (version, time, moment) = (input.Int64(), input.Int64(), input.Int64());
        if (version <= state.Version || time <= state.Time)
            throw input.Damaged($"version {version} of a transaction follows version {state.Version}");
        if (input.Int32() != dictionary.Count)
            throw input.Damaged($"a transaction does not go on from the {dictionary.Count} terms that are there");
        TermFile.ReadEntries(input, dictionary, input.Count(sizeof(int)));
        for (var left = input.Count(2 * sizeof(int)); left > 0; left--)
            if (input.UInt32() is var id && !dictionary.TryRefill(new TermId(id), input.Text()))
                throw input.Damaged($"the term {id} comes back, and was not gone");
        var edit = new StateEdit(state, version, time, moment, collectDelta: false);
        if (input.Int32() == 1)
            edit.Prefixes = ColumnFile.ReadPrefixes(input);
        for (var left = input.Count(3 * sizeof(int)); left > 0; left--)
            edit.Erase(input.UInt32(), input.UInt32(), input.Words());
        for (var left = input.Count(sizeof(int)); left > 0; left--)
        {
            var (graph, predicate) = (input.UInt32(), input.UInt32());
            var born = input.Words();
            List<(ulong Pair, ValidTimes After)> others = [.. input.Words().Select(p => (p, ValidTimes.Never))];
            for (var timed = input.Count(sizeof(long)); timed > 0; timed--)
                others.Add(((ulong)input.Int64(), ColumnFile.ReadTimes(input)));
            if (others.Count == 0)
                edit.SetAlways(graph, predicate, born);
            else
                edit.Set(graph, predicate, [.. others.Concat(born.Select(p => (Pair: p, After: ValidTimes.Always))).OrderBy(b => b.Pair)]);
        }

        return edit.Build();
    }
}
