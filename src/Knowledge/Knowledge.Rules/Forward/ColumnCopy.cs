namespace Knowledge.Rules;

/// <summary>A rule instance that is one atom and copies it to other columns: no match is ever made for a fact of its own.</summary>
internal sealed class ColumnCopy
{
    private const int X = -1;
    private const int Y = -2;

    private readonly AtomPart _atom;
    private readonly uint _object;
    private readonly (long Subject, uint Predicate, long Object)[] _heads;

    private ColumnCopy(AtomPart atom, uint predicate, uint @object, (long Subject, uint Predicate, long Object)[] heads)
    {
        _atom = atom;
        Predicate = predicate;
        _object = @object;
        _heads = heads;
    }

    /// <summary>The predicate that is copied from.</summary>
    public uint Predicate { get; }

    /// <summary>Number of heads.</summary>
    public int Heads => _heads.Length;

    /// <summary>The copy that an instance is; null where it is more than one.</summary>
    public static ColumnCopy? Of(RuleState state, uint[] bindings)
    {
        if (state.Data is not [var atom] || !state.Rule.IsPlain || state.Rule.Body.Length != state.Rule.Atoms.Length)
            return null;
        var predicate = atom.Predicate.Under(bindings);
        var (subject, @object) = (atom.Subject.Under(bindings), atom.Object.Under(bindings));
        if (predicate == 0 || subject != 0 || (@object == 0 && atom.Subject.Slot == atom.Object.Slot))
            return null;
        var heads = new (long, uint, long)[state.Rule.Head.Length];
        for (var i = 0; i < heads.Length; i++)
        {
            var head = state.Rule.Head[i];
            if (!head.Subject.IsPlain || !head.Predicate.IsPlain || !head.Object.IsPlain || head.Predicate.Operand.Under(bindings) is not (> 0 and var to))
                return null;
            heads[i] = (End(head.Subject.Operand), to, End(head.Object.Operand));
        }

        return new ColumnCopy(atom, predicate, @object, heads);

        long End(Operand operand) => operand.Under(bindings) is > 0 and var id ? id : operand.Slot == atom.Subject.Slot ? X : Y;
    }

    /// <summary>Copies.</summary>
    /// <param name="from">All facts, or what is new.</param>
    /// <param name="pending">Where conclusions go.</param>
    /// <param name="seenWords">Length of sets of seen subjects.</param>
    /// <param name="part">Which part of the column, of how many.</param>
    public void Run(FactColumns from, PendingFacts pending, int seenWords, (int Index, int Count) part)
    {
        if (from.Find(Predicate) is not { } relation || relation.BySubject.Count == 0)
            return;
        foreach (var (subject, predicate, @object) in _heads)
        {
            var to = pending.Of(predicate);
            if (_object != 0)
                FromClass(relation.ByObject, to, (subject, @object), seenWords, part);
            else
                FromPairs(relation, to, (subject, @object), seenWords, part);
        }
    }

    private static void FromPairs(Relation relation, PendingFacts.Buffer to, (long Subject, long Object) ends, int seenWords, (int Index, int Count) part)
    {
        var (subject, @object) = ends;
        var isEnd = subject < 0 && @object >= 0;
        var column = isEnd && subject == Y ? relation.ByObject : relation.BySubject;
        var seen = isEnd ? to.Seen((uint)@object, seenWords) : null;
        ulong previous = ulong.MaxValue;
        var (at, end) = Matching.PartOf((0, column.Count), part);
        while (at < end)
        {
            var span = column.From(at, end);
            at += span.Length;
            if (subject == X && @object == Y)
                to.AddRange(span);
            else if (subject == Y && @object == X)
                to.AddTurned(span);
            else if (isEnd)
            {
                foreach (var pair in span)
                {
                    var first = pair >> 32;
                    if (first != previous && (seen is null || seen.Add((uint)first)))
                        to.Add((first << 32) | (uint)@object);
                    previous = first;
                }
            }
            else
            {
                foreach (var pair in span)
                    to.Add(FactColumns.Pair(Value(subject, pair), Value(@object, pair)));
            }
        }

        static uint Value(long end, ulong pair) => end == X ? (uint)(pair >> 32) : end == Y ? (uint)pair : (uint)end;
    }

    /// <summary>From the subjects of one object; they are the lower halves.</summary>
    private void FromClass(PairColumn byObject, PendingFacts.Buffer to, (long Subject, long Object) ends, int seenWords, (int Index, int Count) part)
    {
        var (subject, @object) = ends;
        var seen = subject < 0 && @object >= 0 ? to.Seen((uint)@object, seenWords) : null;
        var (at, end) = Matching.PartOf(byObject.RangeOf(new TermId(_object)), part);
        while (at < end)
        {
            var span = byObject.From(at, end);
            at += span.Length;
            foreach (var pair in span)
            {
                var x = (uint)pair;
                if (seen is null || seen.Add(x))
                    to.Add(FactColumns.Pair(subject < 0 ? x : (uint)subject, @object < 0 ? x : (uint)@object));
            }
        }
    }

    /// <summary>The atom that is copied from.</summary>
    public AtomPart Atom => _atom;
}
