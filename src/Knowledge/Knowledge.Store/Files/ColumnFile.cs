using System.Collections.Immutable;
using System.Text;

namespace Knowledge.Store;

/// <summary>A state in a file: the columns of each predicate of each graph, with their valid times and their past.</summary>
internal static class ColumnFile
{
    /// <summary>What the file says that it is.</summary>
    public const string Kind = "columns";

    /// <summary>Writes a state.</summary>
    public static void Write(FrameWriter writer, StoreState state)
    {
        FileFormat.Begin(writer, Kind);
        writer.Begin();
        writer.Int64(state.Version);
        writer.Int64(state.Time);
        writer.Int64(state.Moment);
        writer.Int64(state.Horizon);
        WritePrefixes(writer, state.Prefixes);
        writer.Int32(state.NamedGraphs.Count + 1);
        Write(writer, 0, state.DefaultGraph);
        foreach (var (name, graph) in state.NamedGraphs)
            Write(writer, name, graph);
        writer.End();
    }

    /// <summary>Reads a state.</summary>
    public static StoreState Read(FrameInput input)
    {
        FileFormat.Check(input, Kind);
        if (!input.TryBegin())
            throw input.Damaged("the columns are missing");
        var (version, time, moment, horizon) = (input.Int64(), input.Int64(), input.Int64(), input.Int64());
        var prefixes = ReadPrefixes(input);
        var defaultGraph = GraphState.Empty;
        var named = ImmutableSortedDictionary.CreateBuilder<uint, GraphState>();
        var bounds = ImmutableSortedSet.CreateBuilder<Bound>();
        for (var left = input.Count(sizeof(int)); left > 0; left--)
        {
            var name = input.UInt32();
            var graph = ReadGraph(input, name, moment, bounds);
            if (name == 0)
                defaultGraph = graph;
            else
                named[name] = graph;
        }

        if (input.TryBegin())
            throw input.Damaged("something follows the columns");
        return new StoreState(version, time, moment, defaultGraph, named.ToImmutable(), bounds.ToImmutable()) { Prefixes = prefixes, Horizon = horizon };
    }

    /// <summary>Writes prefixes.</summary>
    public static void WritePrefixes(FrameWriter writer, ImmutableSortedDictionary<string, string> prefixes)
    {
        writer.Int32(prefixes.Count);
        foreach (var (prefix, iri) in prefixes)
        {
            writer.Text(Encoding.UTF8.GetBytes(prefix));
            writer.Text(Encoding.UTF8.GetBytes(iri));
        }
    }

    /// <summary>Reads prefixes.</summary>
    public static ImmutableSortedDictionary<string, string> ReadPrefixes(FrameInput input)
    {
        var prefixes = StoreState.Empty.Prefixes.ToBuilder();
        for (var left = input.Count(2 * sizeof(int)); left > 0; left--)
            prefixes[Encoding.UTF8.GetString(input.Text())] = Encoding.UTF8.GetString(input.Text());
        return prefixes.ToImmutable();
    }

    /// <summary>Writes valid times.</summary>
    public static void WriteTimes(FrameWriter writer, ValidTimes times)
    {
        writer.Int32(times.Bounds.Length);
        foreach (var bound in times.Bounds)
            writer.Int64(bound);
    }

    /// <summary>Reads valid times.</summary>
    public static ValidTimes ReadTimes(FrameInput input)
    {
        var bounds = new long[input.Count(sizeof(long))];
        for (var i = 0; i < bounds.Length; i++)
            bounds[i] = input.Int64();
        try
        {
            return ValidTimes.Of(bounds);
        }
        catch (ArgumentException failure)
        {
            throw input.Damaged("valid times do not ascend", failure);
        }
    }

    private static void Write(FrameWriter writer, uint name, GraphState graph)
    {
        writer.UInt32(name);
        writer.Int32(graph.Predicates.Length);
        for (var i = 0; i < graph.Predicates.Length; i++)
        {
            var state = graph.States[i];
            writer.UInt32(graph.Predicates[i]);
            var words = state.BySubject.ToArray();
            writer.Words(words);
            writer.Words(state.ByObject.ToArray());
            writer.Int32(state.Timed?.Count ?? 0);
            foreach (var (pair, times) in state.Timed ?? ImmutableSortedDictionary<ulong, ValidTimes>.Empty)
            {
                writer.Int64((long)pair);
                WriteTimes(writer, times);
            }

            Write(writer, state.Past, words);
        }
    }

    private static void Write(FrameWriter writer, Change? past, ulong[] words)
    {
        var changes = new List<Change>();
        for (var change = past; change is not null; change = change.Previous)
            changes.Add(change);
        writer.Int32(changes.Count);
        foreach (var change in Enumerable.Reverse(changes))
        {
            writer.Int64(change.Version);
            writer.Int64(change.Time);
            // A predicate that was loaded once, the usual case, has its pairs in the file already.
            var isColumn = change.Born.AsSpan().SequenceEqual(words);
            writer.Int32(isColumn ? 1 : 0);
            if (!isColumn)
                writer.Words(change.Born);
            writer.Words(change.Gone);
            writer.Int32(change.Timed.Length);
            foreach (var timed in change.Timed)
            {
                writer.Int64((long)timed.Pair);
                WriteTimes(writer, timed.Before);
                WriteTimes(writer, timed.After);
            }
        }
    }

    private static GraphState ReadGraph(FrameInput input, uint name, long moment, ImmutableSortedSet<Bound>.Builder bounds)
    {
        List<(uint, PredicateState)> predicates = [];
        for (var left = input.Count(sizeof(int)); left > 0; left--)
        {
            var predicate = input.UInt32();
            var bySubject = input.Words();
            var byObject = input.Words();
            if (bySubject.Length != byObject.Length)
                throw input.Damaged($"predicate {predicate} has {bySubject.Length} pairs in one order and {byObject.Length} in the other");
            var timed = ImmutableSortedDictionary.CreateBuilder<ulong, ValidTimes>();
            for (var pairs = input.Count(sizeof(long)); pairs > 0; pairs--)
            {
                var pair = (ulong)input.Int64();
                var times = ReadTimes(input);
                timed[pair] = times;
                foreach (var ticks in times.Bounds)
                    if (ticks > moment && ticks != ValidTimes.Forever)
                        bounds.Add(new Bound(ticks, name, predicate, pair));
            }

            var past = ReadPast(input, bySubject);
            predicates.Add((predicate, new PredicateState(
                PairColumn.FromSorted(bySubject), PairColumn.FromSorted(byObject), timed.Count > 0 ? timed.ToImmutable() : null, past)));
        }

        return GraphState.Empty.With(predicates);
    }

    private static Change? ReadPast(FrameInput input, ulong[] words)
    {
        Change? past = null;
        for (var left = input.Count(sizeof(long)); left > 0; left--)
        {
            var (version, time) = (input.Int64(), input.Int64());
            var born = input.Int32() == 1 ? words : input.Words();
            var gone = input.Words();
            var timed = new TimedChange[input.Count(sizeof(long))];
            for (var i = 0; i < timed.Length; i++)
                timed[i] = new TimedChange((ulong)input.Int64(), ReadTimes(input), ReadTimes(input));
            past = new Change(version, time, born, gone, timed, past);
        }

        return past;
    }
}
