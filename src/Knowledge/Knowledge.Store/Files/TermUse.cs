using System.Runtime.InteropServices;

namespace Knowledge.Store;

/// <summary>Which entries of a dictionary a state uses, its past included.</summary>
internal sealed class TermUse
{
    private readonly ulong[] _bits;
    private readonly int _count;

    /// <summary>What a state uses.</summary>
    /// <param name="state">The state.</param>
    /// <param name="count">Number of entries.</param>
    public TermUse(StoreState state, int count)
    {
        _count = count;
        _bits = new ulong[(count / 64) + 1];
        Add(state.DefaultGraph);
        foreach (var (name, graph) in state.NamedGraphs)
        {
            Add(name);
            Add(graph);
        }
    }

    /// <summary>Whether an entry is in use.</summary>
    /// <param name="id">The id of an entry that was there when this was made, or a later one: that is in use.</param>
    public bool Contains(uint id) => id > (uint)_count || (_bits[id / 64] & (1ul << (int)(id % 64))) != 0;

    /// <summary>Notes that an entry is in use.</summary>
    public void Add(uint id)
    {
        if (id <= (uint)_count)
            _bits[id / 64] |= 1ul << (int)(id % 64);
    }

    private void Add(GraphState graph)
    {
        for (var i = 0; i < graph.Predicates.Length; i++)
        {
            var state = graph.States[i];
            Add(graph.Predicates[i]);
            Add(state.BySubject.ToArray());
            foreach (var pair in state.Timed?.Keys ?? [])
                Add([pair]);
            for (var change = state.Past; change is not null; change = change.Previous)
            {
                Add(change.Born);
                Add(change.Gone);
                foreach (var timed in change.Timed)
                    Add([timed.Pair]);
            }
        }
    }

    private void Add(ReadOnlySpan<ulong> pairs)
    {
        foreach (var half in MemoryMarshal.Cast<ulong, uint>(pairs))
            Add(half);
    }
}
