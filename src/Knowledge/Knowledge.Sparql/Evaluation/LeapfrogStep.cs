using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Joins rows with the solutions of several triple patterns at once.</summary>
internal sealed class LeapfrogStep(IReadOnlyList<LeapfrogAtom> atoms, IReadOnlyList<int> order) : PipelineStep
{
    private readonly int[] _slots = atoms.Aggregate(default(SlotSet), (all, a) => all.Union(a.Slots)).ToArray();

    public override string Label => $"leapfrog join {string.Join(" . ", atoms)} by {string.Join(' ', order.Select(Name))}";

    public static LeapfrogStep Of(IReadOnlyList<LeapfrogAtom> atoms, StepContext context, double estimate)
    {
        var slots = atoms.Aggregate(default(SlotSet), (all, a) => all.Union(a.Slots));
        return new LeapfrogStep(atoms, VariableOrder.Of(atoms, context.Certain).Free)
        {
            Slots = context.Slots,
            Live = context.Live,
            Possible = slots,
            Certain = slots,
            EstimatedRows = estimate,
        };
    }

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        var output = new Output(Live.Intersect(Possible).ToArray());
        foreach (var batch in input)
            foreach (var part in BoundParts.Of(batch, _slots))
                foreach (var result in ExtendPart(execution, part, output))
                    yield return result;
    }

    private IEnumerable<Batch> ExtendPart(Execution execution, Batch batch, Output output)
    {
        int[] bound = [.. _slots.Where(s => batch.Columns[s] is not null || execution.Seed[s] != 0)];
        int[] levels = [.. bound, .. VariableOrder.Of(atoms, SlotSet.Of(bound)).Free];
        if (execution.Graphs.Length == 0 || !atoms.All(MayMatch))
            yield break;
        var join = new LeapfrogJoin([.. atoms.Select(a => ToTrie(execution, a, levels))], levels.Length, bound.Length, execution.Session.Check);
        var values = new uint[bound.Length];
        output.Begin(levels);
        for (var row = 0; row < batch.Count; row++)
        {
            if (!TryBind(execution, batch, row, bound, values))
                continue;
            for (join.Start(values); join.Next();)
            {
                output.Add(row, join.Values);
                if (output.IsFull)
                    yield return output.Take(batch, Live);
            }
        }

        if (output.Count > 0)
            yield return output.Take(batch, Live);
    }

    private static bool TryBind(Execution execution, Batch batch, int row, int[] bound, uint[] values)
    {
        for (var i = 0; i < bound.Length; i++)
        {
            var id = execution.Id(batch, bound[i], row);
            if (!TermPool.IsOfSource(id))
                return false;
            values[i] = (uint)id;
        }

        return true;
    }

    private static bool MayMatch(LeapfrogAtom atom) => IsKnown(atom.Shape.Subject) && IsKnown(atom.Shape.Predicate) && IsKnown(atom.Shape.Object);

    private static bool IsKnown(Place place) => !place.IsConstant || TermPool.IsOfSource(place.Id);

    private static LeapfrogJoin.Trie ToTrie(Execution execution, LeapfrogAtom atom, int[] levels)
    {
        var (subject, @object) = (Array.IndexOf(levels, atom.Shape.Subject.Slot), Array.IndexOf(levels, atom.Shape.Object.Slot));
        var order = subject < @object ? PairOrder.SubjectObject : PairOrder.ObjectSubject;
        var constant = (uint)(atom.Shape.Subject.IsConstant ? atom.Shape.Subject.Id : atom.Shape.Object.IsConstant ? atom.Shape.Object.Id : 0);
        var column = execution.View.Column(execution.Graphs, (uint)atom.Shape.Predicate.Id, order, constant);
        execution.Session.Allocate((long)column.Length * sizeof(ulong));
        var firsts = constant != 0 ? 1 : subject < @object ? atom.Counts.Subjects : atom.Counts.Objects;
        return new LeapfrogJoin.Trie(column, Math.Min(subject, @object), Math.Max(subject, @object), firsts);
    }

    private string Name(int slot)
    {
        var atom = atoms.First(a => a.Has(slot));
        return atom.Shape.Subject.Slot == slot ? atom.Shape.Subject.Text : atom.Shape.Object.Text;
    }

    // Results until they make a batch: numbers of input rows, and the ids of the slots that somebody needs.
    private sealed class Output(int[] live)
    {
        private const int Smallest = 64;
        private readonly ulong[][] _columns = [.. live.Select(_ => new ulong[Smallest])];
        private int[] _rows = new int[Smallest];
        private readonly int[] _levels = new int[live.Length];

        public int Count { get; private set; }

        public bool IsFull => Count == Batch.MaxRows;

        public void Begin(int[] levels)
        {
            for (var i = 0; i < live.Length; i++)
                _levels[i] = Array.IndexOf(levels, live[i]);
        }

        public void Add(int row, ReadOnlySpan<uint> values)
        {
            if (Count == _rows.Length)
            {
                Array.Resize(ref _rows, Count * 2);
                for (var i = 0; i < _columns.Length; i++)
                    Array.Resize(ref _columns[i], Count * 2);
            }

            _rows[Count] = row;
            for (var i = 0; i < _levels.Length; i++)
                _columns[i][Count] = values[_levels[i]];
            Count++;
        }

        public Batch Take(Batch input, SlotSet keep)
        {
            var batch = input.Gather(_rows.AsSpan(0, Count), keep);
            for (var i = 0; i < live.Length; i++)
                batch.Columns[live[i]] = _columns[i].AsSpan(0, Count).ToArray();
            Count = 0;
            return batch;
        }
    }
}
