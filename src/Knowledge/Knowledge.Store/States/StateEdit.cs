using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>One step from a state to the next: what a transaction, or time that went by, makes of it.</summary>
internal sealed class StateEdit
{
    private readonly StoreState _from;
    private readonly long _version;
    private readonly long _time;
    private readonly long _moment;
    private readonly Dictionary<(uint Graph, uint Predicate), PredicateState> _states = [];
    private readonly ImmutableSortedSet<Bound>.Builder _bounds;
    private readonly List<(uint Graph, uint Predicate, ulong[] Pairs)> _erasures = [];
    private readonly List<QuadIds>? _added;
    private readonly List<QuadIds>? _removed;

    /// <summary>A step that begins with the quads that begin or end to hold until a moment.</summary>
    /// <param name="from">The state before.</param>
    /// <param name="time">The transaction's time, in UTC ticks.</param>
    /// <param name="now">The moment that the new state shows; where it is before that of <paramref name="from"/>, the clock went back, and the state stays.</param>
    /// <param name="collectDelta">Whether somebody wants to know which quads came and went.</param>
    public StateEdit(StoreState from, long time, long now, bool collectDelta)
        : this(from, from.Version + 1, time, now, collectDelta)
    {
    }

    /// <summary>A step to a given version.</summary>
    /// <param name="from">The state before.</param>
    /// <param name="version">The version after.</param>
    /// <param name="time">The transaction's time, in UTC ticks.</param>
    /// <param name="now">The moment that the new state shows.</param>
    /// <param name="collectDelta">Whether somebody wants to know which quads came and went.</param>
    public StateEdit(StoreState from, long version, long time, long now, bool collectDelta)
    {
        _from = from;
        _version = version;
        _time = time;
        _moment = Math.Max(from.Moment, now);
        _bounds = from.Bounds.ToBuilder();
        _added = collectDelta ? [] : null;
        _removed = collectDelta ? [] : null;
        Advance();
    }

    /// <summary>Prefixes after the step, or null where they stay.</summary>
    public ImmutableSortedDictionary<string, string>? Prefixes { get; set; }

    /// <summary>Whether anything that was said changed; quads that time alone brought or took do not count.</summary>
    public bool HasChanges { get; private set; }

    /// <summary>Whether time alone brought or took quads.</summary>
    public bool HasAdvanced { get; private set; }

    /// <summary>What was changed, by graph and predicate.</summary>
    public IEnumerable<(uint Graph, uint Predicate, Change Change)> Changes =>
        _states.Where(s => s.Value.Past is { } past && past.Version == _version).Select(s => (s.Key.Graph, s.Key.Predicate, s.Value.Past!));

    /// <summary>Pairs that were forgotten, before anything else was changed.</summary>
    public IReadOnlyList<(uint Graph, uint Predicate, ulong[] Pairs)> Erasures => _erasures;

    /// <summary>The state after the step.</summary>
    public StoreState Build()
    {
        var isStep = HasChanges || HasAdvanced || Prefixes is not null;
        if (!isStep)
            return _moment == _from.Moment ? _from : _from with { Moment = _moment, Bounds = _bounds.ToImmutable() };
        var defaultGraph = _from.DefaultGraph;
        var named = _from.NamedGraphs.ToBuilder();
        foreach (var graph in _states.GroupBy(s => s.Key.Graph))
        {
            var changed = graph.Select(s => (s.Key.Predicate, s.Value)).OrderBy(s => s.Predicate).ToList();
            if (graph.Key == 0)
                defaultGraph = defaultGraph.With(changed);
            else
                named[graph.Key] = _from.Graph(graph.Key).With(changed);
        }

        var time = HasChanges || Prefixes is not null ? _time : _from.Time;
        return new StoreState(_version, time, _moment, defaultGraph, named.ToImmutable(), _bounds.ToImmutable()) { Prefixes = Prefixes ?? _from.Prefixes, Horizon = _from.Horizon };
    }

    /// <summary>Which quads came and went, for those who asked for it.</summary>
    public QuadDelta Delta() => new(_version, _added!.ToArray(), _removed!.ToArray());

    /// <summary>Sets when pairs are believed to be so.</summary>
    /// <param name="graph">Their graph.</param>
    /// <param name="predicate">Their predicate.</param>
    /// <param name="beliefs">By pair, ascending, each once.</param>
    public void Set(uint graph, uint predicate, ReadOnlySpan<(ulong Pair, ValidTimes After)> beliefs)
    {
        var state = State(graph, predicate);
        var timed = state.Timed?.ToBuilder();
        List<ulong> born = [], gone = [], added = [], removed = [];
        List<TimedChange> changes = [];
        foreach (var (pair, after) in beliefs)
        {
            var before = state.Belief(pair);
            if (before.Equals(after))
                continue;
            if (before.IsNever && after.IsAlways)
                born.Add(pair);
            else if (before.IsAlways && after.IsNever)
                gone.Add(pair);
            else
                changes.Add(new TimedChange(pair, before, after));
            if (after.IsNever || after.IsAlways)
                timed?.Remove(pair);
            else
                (timed ??= ImmutableSortedDictionary.CreateBuilder<ulong, ValidTimes>())[pair] = after;
            Rebind(graph, predicate, pair, before, after);
            var held = before.Contains(_moment);
            if (held != after.Contains(_moment))
                (held ? removed : added).Add(pair);
        }

        if (born.Count + gone.Count + changes.Count == 0)
            return;
        HasChanges = true;
        Tell(graph, predicate, [.. added], [.. removed]);
        _states[(graph, predicate)] = state.WithPairs([.. added], [.. removed]) with
        {
            Timed = timed is { Count: > 0 } ? timed.ToImmutable() : null,
            Past = new Change(_version, _time, [.. born], [.. gone], [.. changes], state.Past),
        };
    }

    /// <summary>Sets many pairs to hold always.</summary>
    /// <param name="graph">Their graph.</param>
    /// <param name="predicate">Their predicate.</param>
    /// <param name="pairs">Subject and object; sorted, distinct; the array is handed over.</param>
    /// <param name="scratch">At least as long, for what is sorted on the way; null to allocate it.</param>
    /// <returns>How many of them did not hold.</returns>
    public int SetAlways(uint graph, uint predicate, ulong[] pairs, ulong[]? scratch = null)
    {
        var state = State(graph, predicate);
        var before = state.BySubject.Count;
        if (state.Timed is { } timed)
        {
            Set(graph, predicate, [.. pairs.Where(timed.ContainsKey).Select(p => (p, ValidTimes.Always))]);
            state = State(graph, predicate);
        }

        var born = state.BySubject.Count == 0 ? pairs : Array.FindAll(pairs, p => !state.BySubject.Contains(p));
        if (born.Length == 0)
            return state.BySubject.Count - before;
        HasChanges = true;
        Tell(graph, predicate, born, []);
        var past = state.Past is { } own && own.Version == _version
            ? own with { Born = own.Born.Length == 0 ? born : [.. own.Born.Concat(born).Order()] }
            : new Change(_version, _time, born, [], [], state.Past);
        _states[(graph, predicate)] = (state.BySubject.Count == 0 ? state.Filled(born, scratch) : state.WithPairs(born, [])) with { Past = past };
        return state.BySubject.Count + born.Length - before;
    }

    /// <summary>Forgets pairs, now and in all that was believed before.</summary>
    /// <param name="graph">Their graph.</param>
    /// <param name="predicate">Their predicate.</param>
    /// <param name="pairs">Subject and object; sorted, distinct.</param>
    public void Erase(uint graph, uint predicate, ulong[] pairs)
    {
        var state = State(graph, predicate);
        var timed = state.Timed?.ToBuilder();
        List<ulong> removed = [];
        foreach (var pair in pairs)
        {
            Rebind(graph, predicate, pair, state.Belief(pair), ValidTimes.Never);
            timed?.Remove(pair);
            if (state.BySubject.Contains(pair))
                removed.Add(pair);
        }

        HasChanges = true;
        _erasures.Add((graph, predicate, pairs));
        Tell(graph, predicate, [], [.. removed]);
        _states[(graph, predicate)] = state.WithPairs([], [.. removed]) with
        {
            Timed = timed is { Count: > 0 } ? timed.ToImmutable() : null,
            Past = Change.Without(state.Past, pairs),
        };
    }

    private PredicateState State(uint graph, uint predicate) =>
        _states.TryGetValue((graph, predicate), out var state) ? state : _from.Graph(graph)[predicate];

    /// <summary>Lets the quads begin and end to hold whose time has come.</summary>
    private void Advance()
    {
        List<Bound> due = [];
        foreach (var bound in _bounds)
        {
            if (bound.Ticks > _moment)
                break;
            due.Add(bound);
        }

        _bounds.ExceptWith(due);
        foreach (var group in due.GroupBy(b => (b.Graph, b.Predicate)))
        {
            var state = State(group.Key.Graph, group.Key.Predicate);
            List<ulong> added = [], removed = [];
            foreach (var pair in group.Select(b => b.Pair).Distinct().Order())
            {
                var held = state.BySubject.Contains(pair);
                if (held != state.Belief(pair).Contains(_moment))
                    (held ? removed : added).Add(pair);
            }

            if (added.Count + removed.Count == 0)
                continue;
            HasAdvanced = true;
            Tell(group.Key.Graph, group.Key.Predicate, [.. added], [.. removed]);
            _states[group.Key] = state.WithPairs([.. added], [.. removed]);
        }
    }

    private void Rebind(uint graph, uint predicate, ulong pair, ValidTimes before, ValidTimes after)
    {
        foreach (var ticks in before.Bounds)
            if (ticks > _moment && ticks != ValidTimes.Forever)
                _bounds.Remove(new Bound(ticks, graph, predicate, pair));
        foreach (var ticks in after.Bounds)
            if (ticks > _moment && ticks != ValidTimes.Forever)
                _bounds.Add(new Bound(ticks, graph, predicate, pair));
    }

    /// <summary>Notes quads that came and went; one that comes back within the step neither came nor went.</summary>
    private void Tell(uint graph, uint predicate, ReadOnlySpan<ulong> added, ReadOnlySpan<ulong> removed)
    {
        if (_added is null)
            return;
        foreach (var pair in added)
            Note(_added, _removed!, Quad(pair));
        foreach (var pair in removed)
            Note(_removed!, _added, Quad(pair));

        QuadIds Quad(ulong pair) => new(PackedPair.First(pair), new TermId(predicate), PackedPair.Second(pair), new TermId(graph));
    }

    private void Note(List<QuadIds> to, List<QuadIds> opposite, QuadIds quad)
    {
        if (!(HasAdvanced || _erasures.Count > 0) || !opposite.Remove(quad))
            to.Add(quad);
    }
}
