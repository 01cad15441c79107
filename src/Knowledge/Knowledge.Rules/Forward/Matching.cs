namespace Knowledge.Rules;

/// <summary>Takes matches.</summary>
internal interface IMatchSink
{
    /// <summary>One match.</summary>
    /// <param name="bindings">Values of the slots; valid during the call alone.</param>
    /// <returns>Whether to stop.</returns>
    bool Match(uint[] bindings);
}

/// <summary>Refuses facts.</summary>
internal interface IFactFilter
{
    /// <summary>Whether a fact may be used.</summary>
    bool Accepts(uint subject, uint predicate, uint @object);
}

/// <summary>Finds all matches of a plan: each step looks its facts up in sorted columns by what is bound.</summary>
/// <remarks>Cost: a search in a column for each partial match. Belongs to one thread; facts must not change meanwhile.</remarks>
/// <param name="facts">All facts.</param>
/// <param name="environment">Terms and builtins' world.</param>
internal sealed partial class Matching(FactColumns facts, RuleEnvironment environment)
{
    private uint[] _bindings = [];

    /// <summary>What is new; matched by steps that ask for it.</summary>
    public FactColumns? Delta { get; set; }

    /// <summary>Facts that may be used; null for all.</summary>
    public IFactFilter? Filter { get; set; }

    /// <summary>Facts that may be used inside of groups; null for all.</summary>
    public IFactFilter? GroupFilter { get; set; }

    /// <summary>Which part of the first atom's facts is matched, of how many.</summary>
    public (int Index, int Count) Part { get; set; } = (0, 1);

    /// <summary>About how many facts the first atom of a plan looks at; 1 where there is none.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="bindings">Values of slots that are bound.</param>
    /// <param name="columns">What the atom is matched against.</param>
    public static long FirstFacts(Plan plan, uint[] bindings, FactColumns columns)
    {
        if (plan.Steps is not [{ Part: AtomPart atom }, ..])
            return 1;
        if (atom.Predicate.Under(bindings) is not (> 0 and var predicate))
            return columns.Count;
        if (columns.Find(predicate) is not { } relation)
            return 0;
        var isBound = atom.Subject.Under(bindings) != 0;
        return isBound ? 1 : atom.Object.Under(bindings) is > 0 and var id ? relation.ByObject.CountOf(new TermId(id)) : relation.BySubject.Count;
    }

    /// <summary>Runs a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="bindings">Values of slots that are bound, 0 for others; changed meanwhile and as it was afterwards.</param>
    /// <param name="sink">Takes the matches.</param>
    /// <returns>Whether the sink stopped it.</returns>
    public bool Run(Plan plan, uint[] bindings, IMatchSink sink)
    {
        var before = _bindings;
        _bindings = bindings;
        var isStopped = Next(plan, 0, sink);
        _bindings = before;
        return isStopped;
    }

    /// <summary>Runs the plan of a group, which sees all facts that are there, whatever their ranks.</summary>
    private bool RunGroup(Plan plan, uint[] bindings, IMatchSink sink)
    {
        var filter = Filter;
        Filter = GroupFilter;
        var isStopped = Run(plan, bindings, sink);
        Filter = filter;
        return isStopped;
    }

    private bool Next(Plan plan, int step, IMatchSink sink)
    {
        if (step == plan.Steps.Length)
            return sink.Match(_bindings);
        return plan.Steps[step].Part switch
        {
            AtomPart => Atom(plan, step, sink),
            BuiltinPart builtin => Call(plan, step, sink, builtin),
            FunctorPart functor => TakeApart(plan, step, sink, functor),
            NegationPart => !RunGroup(plan.Steps[step].Group!, _bindings, Any.Instance) && Next(plan, step + 1, sink),
            AggregatePart aggregate => Aggregate(plan, step, sink, aggregate),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private bool Atom(Plan plan, int step, IMatchSink sink)
    {
        var atom = (AtomPart)plan.Steps[step].Part;
        var columns = plan.Steps[step].IsDelta ? Delta! : facts;
        var predicate = atom.Predicate.Under(_bindings);
        if (predicate != 0)
            return columns.Find(predicate) is { } only && Facts(plan, step, sink, only, predicate);
        var slot = atom.Predicate.Slot;
        var isStopped = false;
        foreach (var (each, relation) in columns.Relations)
        {
            _bindings[slot] = each;
            if (isStopped = Facts(plan, step, sink, relation, each))
                break;
        }

        _bindings[slot] = 0;
        return isStopped;
    }

    private bool Facts(Plan plan, int step, IMatchSink sink, Relation relation, uint predicate)
    {
        var atom = (AtomPart)plan.Steps[step].Part;
        var subject = atom.Subject.Under(_bindings);
        var @object = atom.Object.Under(_bindings);
        if (subject != 0 && @object != 0)
            return (step > 0 || Part.Index == 0) && relation.BySubject.Contains(FactColumns.Pair(subject, @object))
                && (Filter?.Accepts(subject, predicate, @object) ?? true) && Next(plan, step + 1, sink);
        if (subject != 0)
            return Seconds(plan, step, sink, relation.BySubject, (subject, predicate, false));
        if (@object != 0)
            return Seconds(plan, step, sink, relation.ByObject, (@object, predicate, true));
        return Pairs(plan, step, sink, relation.BySubject, predicate);
    }

    /// <summary>Facts of which one end is known.</summary>
    private bool Seconds(Plan plan, int step, IMatchSink sink, PairColumn column, (uint First, uint Predicate, bool IsTurned) key)
    {
        var atom = (AtomPart)plan.Steps[step].Part;
        var slot = key.IsTurned ? atom.Subject.Slot : atom.Object.Slot;
        // The end is looked up for parts alone; otherwise the first pair with another key tells it.
        var (at, end) = step == 0 && Part.Count > 1 ? PartOf(column.RangeOf(new TermId(key.First)), Part) : (column.IndexOf((ulong)key.First << 32), column.Count);
        while (at < end)
        {
            var span = column.From(at, end);
            foreach (var pair in span)
            {
                if ((uint)(pair >> 32) != key.First)
                {
                    _bindings[slot] = 0;
                    return false;
                }

                var second = (uint)pair;
                if (Filter is not null && !(key.IsTurned ? Filter.Accepts(second, key.Predicate, key.First) : Filter.Accepts(key.First, key.Predicate, second)))
                    continue;
                _bindings[slot] = second;
                if (!Next(plan, step + 1, sink))
                    continue;
                _bindings[slot] = 0;
                return true;
            }

            at += span.Length;
        }

        _bindings[slot] = 0;
        return false;
    }

    /// <summary>All facts of a predicate.</summary>
    private bool Pairs(Plan plan, int step, IMatchSink sink, PairColumn column, uint predicate)
    {
        var atom = (AtomPart)plan.Steps[step].Part;
        var (s, o) = (atom.Subject.Slot, atom.Object.Slot);
        var isStopped = false;
        var (at, end) = PartOf((0, column.Count), step == 0 ? Part : (0, 1));
        while (at < end && !isStopped)
        {
            var span = column.From(at, end);
            foreach (var pair in span)
            {
                var (subject, @object) = ((uint)(pair >> 32), (uint)pair);
                if ((s == o && subject != @object) || (Filter is not null && !Filter.Accepts(subject, predicate, @object)))
                    continue;
                _bindings[s] = subject;
                _bindings[o] = @object;
                if (isStopped = Next(plan, step + 1, sink))
                    break;
            }

            at += span.Length;
        }

        _bindings[s] = 0;
        _bindings[o] = 0;
        return isStopped;
    }

    /// <summary>A part of a range: parts follow each other and are the whole together.</summary>
    public static (int From, int To) PartOf((int From, int To) range, (int Index, int Count) part)
    {
        long count = range.To - range.From;
        return (range.From + (int)(count * part.Index / part.Count), range.From + (int)(count * (part.Index + 1) / part.Count));
    }

    /// <summary>Stops at the first match.</summary>
    public sealed class Any : IMatchSink
    {
        public static readonly Any Instance = new();

        public bool Match(uint[] bindings) => true;
    }
}
