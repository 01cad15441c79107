using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A property path with ids in the place of IRIs.</summary>
internal abstract record PathPlan
{
    public sealed record Link(ulong Predicate) : PathPlan;

    public sealed record Inverse(PathPlan Path) : PathPlan;

    public sealed record Sequence(PathPlan First, PathPlan Second) : PathPlan;

    public sealed record Alternative(PathPlan First, PathPlan Second) : PathPlan;

    public sealed record Repeated(PathPlan Path, int Least, bool IsBounded) : PathPlan;

    public sealed record Negated(HashSet<ulong> Forward, HashSet<ulong> Backward, bool HasForward, bool HasBackward) : PathPlan;

    /// <summary>Finds the ids of a path's IRIs.</summary>
    public static PathPlan Of(PropertyPath path, TermPool pool) => path switch
    {
        LinkPath link => new Link(pool.Encode(link.Predicate)),
        InversePath inverse => new Inverse(Of(inverse.Path, pool)),
        SequencePath sequence => new Sequence(Of(sequence.First, pool), Of(sequence.Second, pool)),
        AlternativePath alternative => new Alternative(Of(alternative.First, pool), Of(alternative.Second, pool)),
        RepeatedPath repeated => new Repeated(Of(repeated.Path, pool), repeated.Least, repeated.IsBounded),
        NegatedPath negated => new Negated([.. negated.Forward.Select(pool.Encode)], [.. negated.Backward.Select(pool.Encode)], negated.HasForward, negated.HasBackward),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Follows property paths from node to node.</summary>
/// <remarks>Repetition is a breadth-first search over ids, so cycles end. Source: SPARQL 1.1, 18.4 (ALP) and 18.5.</remarks>
internal sealed class PathSearch(Execution execution)
{
    /// <summary>Nodes that a path leads to from a node, sorted; a node once for each way outside of repetitions, whose results are sets.</summary>
    public List<ulong> Reach(PathPlan path, ulong node, bool isForward)
    {
        var found = new List<ulong>();
        Follow(path, node, isForward, found);
        found.Sort();
        return found;
    }

    private void Follow(PathPlan path, ulong node, bool isForward, List<ulong> found)
    {
        execution.Session.Check();
        switch (path)
        {
            case PathPlan.Link link:
                Pairs(link.Predicate, node, isForward, found);
                break;
            case PathPlan.Inverse inverse:
                Follow(inverse.Path, node, !isForward, found);
                break;
            case PathPlan.Alternative alternative:
                Follow(alternative.First, node, isForward, found);
                Follow(alternative.Second, node, isForward, found);
                break;
            case PathPlan.Sequence sequence:
                var middle = new List<ulong>();
                Follow(isForward ? sequence.First : sequence.Second, node, isForward, middle);
                foreach (var next in middle)
                    Follow(isForward ? sequence.Second : sequence.First, next, isForward, found);
                break;
            case PathPlan.Repeated repeated:
                Repeat(repeated, node, isForward, found);
                break;
            case PathPlan.Negated negated:
                if (negated.HasForward)
                    Others(negated.Forward, node, isForward, found);
                if (negated.HasBackward)
                    Others(negated.Backward, node, !isForward, found);
                break;
        }
    }

    private void Repeat(PathPlan.Repeated path, ulong node, bool isForward, List<ulong> found)
    {
        var reached = new HashSet<ulong>();
        var frontier = new List<ulong> { node };
        if (path.Least == 0)
            reached.Add(node);
        while (frontier.Count > 0)
        {
            execution.Session.Check();
            var steps = new List<ulong>();
            foreach (var from in frontier)
                Follow(path.Path, from, isForward, steps);
            frontier.Clear();
            foreach (var next in steps)
                if (reached.Add(next))
                    frontier.Add(next);
            if (path.IsBounded)
                break;
        }

        execution.Session.Allocate(reached.Count * sizeof(ulong) * 2L);
        found.AddRange(reached);
    }

    private void Pairs(ulong predicate, ulong node, bool isForward, List<ulong> found)
    {
        if (!TermPool.IsOfSource(predicate) || !TermPool.IsOfSource(node) || execution.Graphs.Length == 0)
            return;
        using var cursor = execution.View.Pairs(execution.Graphs, (uint)predicate, isForward ? PairOrder.SubjectObject : PairOrder.ObjectSubject, (uint)node);
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            foreach (var pair in block)
                found.Add((uint)pair);
    }

    private void Others(HashSet<ulong> but, ulong node, bool isForward, List<ulong> found)
    {
        foreach (var counts in execution.View.Predicates(execution.Graphs))
            if (!but.Contains(counts.Predicate.Value))
                Pairs(counts.Predicate.Value, node, isForward, found);
    }

    /// <summary>Whether a node is the subject or object of a triple.</summary>
    public bool IsNode(ulong node) => TermPool.IsOfSource(node) &&
        (execution.View.Count(execution.Graphs, (uint)node, 0, 0) > 0 || execution.View.Count(execution.Graphs, 0, 0, (uint)node) > 0);

    /// <summary>Nodes that a path may begin at where nothing is bound, sorted: all subjects and objects, or only those of the path's first property.</summary>
    public List<ulong> Starts(PathPlan path)
    {
        var nodes = new SortedSet<ulong>();
        if (!AddStarts(path, isForward: true, nodes))
        {
            nodes.Clear();
            foreach (var counts in execution.View.Predicates(execution.Graphs))
            {
                AddEnds(counts.Predicate.Value, isForward: true, nodes);
                AddEnds(counts.Predicate.Value, isForward: false, nodes);
            }
        }

        execution.Session.Allocate(nodes.Count * 48L);
        return [.. nodes];
    }

    // False where any node may be a start.
    private bool AddStarts(PathPlan path, bool isForward, SortedSet<ulong> nodes)
    {
        switch (path)
        {
            case PathPlan.Link link:
                AddEnds(link.Predicate, isForward, nodes);
                return true;
            case PathPlan.Inverse inverse:
                return AddStarts(inverse.Path, !isForward, nodes);
            case PathPlan.Alternative alternative:
                return AddStarts(alternative.First, isForward, nodes) && AddStarts(alternative.Second, isForward, nodes);
            case PathPlan.Sequence sequence:
                return AddStarts(isForward ? sequence.First : sequence.Second, isForward, nodes);
            case PathPlan.Repeated { Least: 1 } repeated:
                return AddStarts(repeated.Path, isForward, nodes);
            default:
                return false;
        }
    }

    private void AddEnds(ulong predicate, bool isForward, SortedSet<ulong> nodes)
    {
        if (!TermPool.IsOfSource(predicate) || execution.Graphs.Length == 0)
            return;
        execution.Session.Check();
        using var cursor = execution.View.Pairs(execution.Graphs, (uint)predicate, isForward ? PairOrder.SubjectObject : PairOrder.ObjectSubject);
        var last = 0UL;
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
        {
            foreach (var pair in block)
            {
                if (pair >> 32 != last)
                    nodes.Add(last = pair >> 32);
            }
        }
    }
}

/// <summary>Joins rows with the pairs that a path connects.</summary>
internal sealed class PathStep(Place subject, PathPlan path, string text, Place @object) : PipelineStep
{
    public override string Label => $"path {subject.Text} {text} {@object.Text}";

    public static PathStep Of(TripleShape shape, PathPlan path, StepContext context, double estimate) => new(shape.Subject, path, shape.Predicate.Text, shape.Object)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = ScanStep.SlotsOf(shape.Subject, shape.Object),
        Certain = ScanStep.SlotsOf(shape.Subject, shape.Object),
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        var search = new PathSearch(execution);
        foreach (var batch in input)
            foreach (var part in BoundParts.Of(batch, subject.Slot, @object.Slot))
                foreach (var result in ExtendPart(execution, search, part))
                    yield return result;
    }

    private IEnumerable<Batch> ExtendPart(Execution execution, PathSearch search, Batch batch)
    {
        var known = new Dictionary<(ulong, bool), List<ulong>>();
        var output = new PairOutput(batch, subject, @object, Live);
        List<ulong>? starts = null;
        for (var row = 0; row < batch.Count; row++)
        {
            var (from, to) = (Bound(execution, batch, subject, row), Bound(execution, batch, @object, row));
            var isForward = from != 0 || to == 0;
            IEnumerable<ulong> anchors = from != 0 ? [from] : to != 0 ? [to] : starts ??= search.Starts(path);
            foreach (var anchor in anchors)
            {
                if (!known.TryGetValue((anchor, isForward), out var ends))
                {
                    // Between two variables a path connects nodes of the graph: only a term that the query names may stand apart (18.5).
                    var isApart = path is PathPlan.Repeated && IsVariable(execution, subject) && IsVariable(execution, @object) && (from != 0 || to != 0) && !search.IsNode(anchor);
                    ends = isApart ? [] : search.Reach(path, anchor, isForward);
                    if (from != 0 || to != 0)
                        known.Add((anchor, isForward), ends);
                }

                foreach (var end in ends)
                {
                    var (s, o) = isForward ? (anchor, end) : (end, anchor);
                    if ((to != 0 && o != to) || (subject.Slot >= 0 && subject.Slot == @object.Slot && s != o))
                        continue;
                    output.Add(row, s, o);
                    if (output.IsFull)
                        yield return output.Take();
                }
            }
        }

        if (output.Count > 0)
            yield return output.Take();
    }

    private static bool IsVariable(Execution execution, Place place) => !place.IsConstant && execution.Seed[place.Slot] == 0;

    private static ulong Bound(Execution execution, Batch batch, Place place, int row) => place.IsConstant ? place.Id : execution.Id(batch, place.Slot, row);

    // Rows of the result: numbers of input rows, and both ends.
    private sealed class PairOutput(Batch batch, Place subject, Place @object, SlotSet live)
    {
        private readonly List<int> _rows = [];
        private readonly List<ulong> _subjects = [];
        private readonly List<ulong> _objects = [];

        public int Count => _rows.Count;

        public bool IsFull => _rows.Count >= Batch.MaxRows;

        public void Add(int row, ulong s, ulong o)
        {
            _rows.Add(row);
            _subjects.Add(s);
            _objects.Add(o);
        }

        public Batch Take()
        {
            var result = batch.Gather([.. _rows], live);
            if (!subject.IsConstant && live.Contains(subject.Slot))
                result.Columns[subject.Slot] = [.. _subjects];
            if (!@object.IsConstant && live.Contains(@object.Slot))
                result.Columns[@object.Slot] = [.. _objects];
            _rows.Clear();
            _subjects.Clear();
            _objects.Clear();
            return result;
        }
    }
}
