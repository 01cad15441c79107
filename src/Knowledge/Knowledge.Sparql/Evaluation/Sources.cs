using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A plan that runs by itself at the beginning of a pipeline.</summary>
internal sealed class SourceStep(PlanNode source) : PipelineStep
{
    public override string Label => "source";

    public override IEnumerable<PlanNode> Inputs => [source];

    public static SourceStep Of(PlanNode source, StepContext context) => new(source)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = source.Possible,
        Certain = source.Certain,
        EstimatedRows = source.EstimatedRows,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input) => source.Run(execution);
}

/// <summary>VALUES.</summary>
internal sealed class TablePlan : PlanNode
{
    private readonly ValuesTable _values;
    private readonly int[] _slots;

    public TablePlan(ValuesTable values, int[] slots)
    {
        (_values, _slots) = (values, slots);
        Possible = SlotSet.Of(slots);
        Certain = SlotSet.Of([.. slots.Where((_, i) => values.Rows.All(r => r[i] is not null))]);
        EstimatedRows = values.Rows.Count;
    }

    public override string Label => $"values ({string.Join(' ', _values.Variables.Select(v => "?" + v))})";

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        foreach (var rows in _values.Rows.Chunk(Batch.MaxRows))
        {
            var batch = new Batch(Slots) { Count = rows.Length };
            for (var i = 0; i < _slots.Length; i++)
                batch.Columns[_slots[i]] = [.. rows.Select(r => r[i] is { } term ? execution.Pool.Encode(term) : 0)];
            foreach (var slot in _slots)
                batch = execution.MatchSeed(batch, slot);
            yield return batch;
        }
    }
}

/// <summary>UNION of plans that run by themselves.</summary>
internal sealed class UnionPlan : PlanNode
{
    private readonly IReadOnlyList<PlanNode> _branches;

    public UnionPlan(IReadOnlyList<PlanNode> branches)
    {
        _branches = branches;
        Possible = branches.Aggregate(default(SlotSet), (all, b) => all.Union(b.Possible));
        Certain = branches.Skip(1).Aggregate(branches[0].Certain, (all, b) => all.Intersect(b.Certain));
        EstimatedRows = branches.Sum(b => b.EstimatedRows);
    }

    public override string Label => "union";

    public override IEnumerable<PlanNode> Inputs => _branches;

    protected override IEnumerable<Batch> Rows(Execution execution) => _branches.SelectMany(b => b.Run(execution));
}

/// <summary>GRAPH over a plan that runs by itself, once in each graph.</summary>
internal sealed class GraphPlan : PlanNode
{
    private readonly Place _name;
    private readonly PlanNode _pattern;

    public GraphPlan(Place name, PlanNode pattern)
    {
        (_name, _pattern) = (name, pattern);
        Possible = pattern.Possible.Union(ScanStep.SlotsOf(name));
        Certain = pattern.Certain.Union(ScanStep.SlotsOf(name));
        EstimatedRows = pattern.EstimatedRows;
    }

    public override string Label => $"graph {_name.Text}";

    public override IEnumerable<PlanNode> Inputs => [_pattern];

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        var wanted = _name.IsConstant ? _name.Id : execution.Seed[_name.Slot];
        foreach (var graph in execution.View.Named)
        {
            if (wanted != 0 && wanted != graph)
                continue;
            foreach (var batch in _pattern.Run(execution with { Graphs = [graph] }))
            {
                if (_name.IsConstant)
                {
                    yield return batch;
                    continue;
                }

                // The pattern may bind the name as well; it is joined with the graph's.
                var seed = new ulong[Slots];
                seed[_name.Slot] = graph;
                var matched = (execution with { Seed = seed }).MatchSeed(batch, _name.Slot);
                var column = new ulong[matched.Count];
                Array.Fill(column, graph);
                yield return matched.With(_name.Slot, column);
            }
        }
    }
}

/// <summary>Only some slots go on.</summary>
internal sealed class ProjectPlan : PlanNode
{
    private readonly PlanNode _input;
    private readonly SlotSet _kept;

    public ProjectPlan(PlanNode input, SlotSet kept)
    {
        (_input, _kept) = (input, kept);
        Possible = input.Possible.Intersect(kept);
        Certain = input.Certain.Intersect(kept);
        EstimatedRows = input.EstimatedRows;
    }

    public override string Label => "project";

    public override IEnumerable<PlanNode> Inputs => [_input];

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        foreach (var batch in _input.Run(execution))
        {
            var projected = new Batch(Slots) { Count = batch.Count };
            for (var slot = 0; slot < Slots; slot++)
                if (_kept.Contains(slot))
                    projected.Columns[slot] = batch.Columns[slot];
            yield return projected;
        }
    }
}

/// <summary>DISTINCT: the first of equal rows goes on.</summary>
internal sealed class DistinctPlan : PlanNode
{
    private readonly PlanNode _input;
    private readonly int[] _slots;

    public DistinctPlan(PlanNode input)
    {
        _input = input;
        _slots = input.Possible.ToArray();
        (Possible, Certain, EstimatedRows) = (input.Possible, input.Certain, input.EstimatedRows);
    }

    public override string Label => "distinct";

    public override IEnumerable<PlanNode> Inputs => [_input];

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        var seen = new KeyTable(_slots.Length);
        var key = new ulong[_slots.Length];
        foreach (var batch in _input.Run(execution))
        {
            var rows = new List<int>();
            for (var row = 0; row < batch.Count; row++)
            {
                for (var i = 0; i < key.Length; i++)
                    key[i] = batch[_slots[i], row];
                if (seen.Add(key, execution) is var (_, isNew) && isNew)
                    rows.Add(row);
            }

            yield return rows.Count == batch.Count ? batch : batch.Gather([.. rows], Possible);
        }
    }
}

/// <summary>Numbers for keys of ids, in the order in which they came first. Open addressing over one array of ids.</summary>
internal sealed class KeyTable(int width)
{
    private ulong[] _keys = new ulong[16 * Math.Max(1, width)];
    private int[] _buckets = new int[32];

    public int Count { get; private set; }

    /// <summary>The number of a key, and whether it is new.</summary>
    public (int Number, bool IsNew) Add(ReadOnlySpan<ulong> key, Execution execution)
    {
        var hash = 0UL;
        foreach (var id in key)
            hash = RowIndex.Mix(hash, id);
        var mask = _buckets.Length - 1;
        var bucket = (int)(hash >> 32) & mask;
        for (; _buckets[bucket] != 0; bucket = (bucket + 1) & mask)
            if (key.SequenceEqual(Key(_buckets[bucket] - 1)))
                return (_buckets[bucket] - 1, false);
        if ((Count + 1) * width > _keys.Length)
        {
            execution.Session.Allocate(_keys.Length * (long)sizeof(ulong));
            Array.Resize(ref _keys, _keys.Length * 2);
        }

        key.CopyTo(_keys.AsSpan(Count * width));
        _buckets[bucket] = ++Count;
        if (Count * 2 > _buckets.Length)
            Rehash(execution);
        return (Count - 1, true);
    }

    /// <summary>The key of a number.</summary>
    public ReadOnlySpan<ulong> Key(int number) => _keys.AsSpan(number * width, width);

    private void Rehash(Execution execution)
    {
        execution.Session.Allocate(_buckets.Length * (long)sizeof(int) * 2);
        _buckets = new int[_buckets.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            var hash = 0UL;
            foreach (var id in Key(number))
                hash = RowIndex.Mix(hash, id);
            var bucket = (int)(hash >> 32) & (_buckets.Length - 1);
            while (_buckets[bucket] != 0)
                bucket = (bucket + 1) & (_buckets.Length - 1);
            _buckets[bucket] = number + 1;
        }
    }
}

/// <summary>OFFSET and LIMIT.</summary>
internal sealed class SlicePlan : PlanNode
{
    private readonly PlanNode _input;
    private readonly long _offset;
    private readonly long? _limit;

    public SlicePlan(PlanNode input, long offset, long? limit)
    {
        (_input, _offset, _limit) = (input, offset, limit);
        (Possible, Certain) = (input.Possible, input.Certain);
        EstimatedRows = Math.Min(Math.Max(0, input.EstimatedRows - offset), limit ?? double.MaxValue);
    }

    public override string Label => string.Create(CultureInfo.InvariantCulture, $"slice offset {_offset} limit {_limit}");

    public override IEnumerable<PlanNode> Inputs => [_input];

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        var (skip, left) = (_offset, _limit ?? long.MaxValue);
        if (left == 0)
            yield break;
        foreach (var batch in _input.Run(execution))
        {
            if (skip >= batch.Count)
            {
                skip -= batch.Count;
                continue;
            }

            var count = (int)Math.Min(batch.Count - skip, left);
            yield return count == batch.Count ? batch : batch.Gather([.. Enumerable.Range((int)skip, count)], Possible);
            skip = 0;
            left -= count;
            if (left == 0)
                yield break;
        }
    }
}

/// <summary>SERVICE: asks elsewhere and joins what comes back.</summary>
internal sealed class ServicePlan : PlanNode
{
    private readonly ServiceCall _service;
    private readonly Place _endpoint;
    private readonly int[] _slots;

    public ServicePlan(ServiceCall service, Place endpoint, int[] slots)
    {
        (_service, _endpoint, _slots) = (service, endpoint, slots);
        Possible = SlotSet.Of(slots);
        EstimatedRows = 100;
    }

    public override string Label => $"service {_endpoint.Text}";

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        var id = _endpoint.IsConstant ? _endpoint.Id : execution.Seed[_endpoint.Slot];
        SolutionTable table;
        try
        {
            if (id == 0 || execution.Pool.Decode(id) is not Iri iri)
                throw new FederationException(_endpoint.Text, "the endpoint is a variable that has no IRI here: bind it before SERVICE.");
            table = execution.Session.Options.Federation.Select(iri.Value, _service.Query, execution.Session.Options.CancellationToken);
        }
        catch (FederationException) when (_service.IsSilent)
        {
            // SILENT: one solution that binds nothing (SPARQL 1.1 Federated Query, 2.3).
            return [Batch.Unit(Slots)];
        }

        return Rows(execution, table);
    }

    private IEnumerable<Batch> Rows(Execution execution, SolutionTable table)
    {
        var columns = _service.Variables.Select(v => table.Variables.ToList().IndexOf(v.Sent)).ToArray();
        foreach (var rows in table.Rows.Chunk(Batch.MaxRows))
        {
            var batch = new Batch(Slots) { Count = rows.Length };
            for (var i = 0; i < columns.Length; i++)
                if (columns[i] >= 0)
                    batch.Columns[_slots[i]] = [.. rows.Select(r => r[columns[i]] is { } term ? execution.Pool.Encode(term) : 0)];
            foreach (var slot in _slots)
                batch = execution.MatchSeed(batch, slot);
            yield return batch;
        }
    }
}

/// <summary>SERVICE whose endpoint is a variable: asks each endpoint that the rows name.</summary>
internal sealed class ServiceStep(int endpoint, ServicePlan service) : PipelineStep
{
    public override string Label => "service for each endpoint";

    public override IEnumerable<PlanNode> Inputs => [service];

    public static ServiceStep Of(int endpoint, ServicePlan service, StepContext context, double estimate) => new(endpoint, service)
    {
        Slots = context.Slots,
        Live = context.Live,
        Possible = service.Possible,
        EstimatedRows = estimate,
    };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        var all = SlotSet.Of([.. Enumerable.Range(0, Slots)]);
        foreach (var batch in input)
        {
            foreach (var group in Enumerable.Range(0, batch.Count).GroupBy(r => execution.Id(batch, endpoint, r)))
            {
                var seed = (ulong[])execution.Seed.Clone();
                seed[endpoint] = group.Key;
                var join = HashJoinStep.Of(service, JoinKind.Inner, new StepContext(Slots, all, default, Live), null, EstimatedRows);
                foreach (var joined in join.Extend(execution with { Seed = seed }, [batch.Gather([.. group], all)]))
                    yield return joined;
            }
        }
    }
}
