using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>GROUP BY with its aggregates, by a hash of the keys; groups come out in the order in which they were met.</summary>
internal sealed class GroupPlan : PlanNode
{
    private readonly PlanNode _input;
    private readonly (int Slot, Evaluator Value)[] _keys;
    private readonly (int Slot, AggregateExpression Aggregate, Evaluator? Value)[] _aggregates;

    public GroupPlan(PlanNode input, (int, Evaluator)[] keys, (int, AggregateExpression, Evaluator?)[] aggregates)
    {
        (_input, _keys, _aggregates) = (input, keys, aggregates);
        Possible = SlotSet.Of([.. _keys.Select(k => k.Slot), .. _aggregates.Select(a => a.Slot)]);
        Certain = SlotSet.Of([.. _keys.Where(k => k.Value is VariableEvaluator v && input.Certain.Contains(v.Slot)).Select(k => k.Slot), .. _aggregates.Where(a => a.Aggregate.Name == "COUNT").Select(a => a.Slot)]);
        EstimatedRows = keys.Length == 0 ? 1 : Math.Sqrt(input.EstimatedRows);
    }

    public override string Label => "group" + string.Concat(_aggregates.Select(a => " " + a.Aggregate));

    public override IEnumerable<PlanNode> Inputs => [_input];

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        var groups = new KeyTable(_keys.Length);
        var accumulators = new List<Accumulator[]>();
        var key = new ulong[_keys.Length];
        foreach (var batch in _input.Run(execution))
        {
            for (var index = 0; index < batch.Count; index++)
            {
                var row = new Row(execution, batch, index);
                for (var i = 0; i < key.Length; i++)
                    key[i] = _keys[i].Value.Id(row);
                var (number, isNew) = groups.Add(key, execution);
                if (isNew)
                    accumulators.Add(NewAccumulators(execution));
                foreach (var accumulator in accumulators[number])
                    accumulator.Add(row);
            }
        }

        if (_keys.Length == 0 && accumulators.Count == 0)
        {
            groups.Add(key, execution);
            accumulators.Add(NewAccumulators(execution));
        }

        foreach (var numbers in Enumerable.Range(0, accumulators.Count).Chunk(Batch.MaxRows))
            yield return Result(execution, numbers, groups, accumulators);
    }

    private Accumulator[] NewAccumulators(Execution execution)
    {
        execution.Session.Allocate(_aggregates.Length * 128L);
        return [.. _aggregates.Select(a => Accumulator.Of(a.Aggregate, a.Value, _input.Possible.ToArray()))];
    }

    private Batch Result(Execution execution, int[] numbers, KeyTable groups, List<Accumulator[]> accumulators)
    {
        var batch = new Batch(Slots) { Count = numbers.Length };
        for (var i = 0; i < _keys.Length; i++)
            batch.Columns[_keys[i].Slot] = [.. numbers.Select(n => groups.Key(n)[i])];
        for (var i = 0; i < _aggregates.Length; i++)
            batch.Columns[_aggregates[i].Slot] = [.. numbers.Select(n => accumulators[n][i].Result(execution) is { } term ? execution.Pool.Encode(term) : 0)];
        foreach (var slot in Possible.ToArray())
            batch = execution.MatchSeed(batch, slot);
        return batch;
    }
}

/// <summary>What an aggregate knows of one group. Source: SPARQL 1.1, 18.5.1. An error in a value is an error of the aggregate, but for COUNT and SAMPLE.</summary>
internal abstract class Accumulator(Evaluator? value, bool isDistinct)
{
    private readonly HashSet<ulong>? _seen = isDistinct && value is not null ? [] : null;

    /// <summary>Whether a value was an error.</summary>
    protected bool HasError { get; private set; }

    /// <summary>An accumulator for an aggregate.</summary>
    /// <param name="aggregate">Which.</param>
    /// <param name="value">Its argument; null for <c>COUNT(*)</c>.</param>
    /// <param name="slots">Slots of the rows, for <c>COUNT(DISTINCT *)</c>.</param>
    public static Accumulator Of(AggregateExpression aggregate, Evaluator? value, int[] slots) => aggregate.Name switch
    {
        "COUNT" when value is null && aggregate.IsDistinct => new DistinctRowCount(slots),
        "COUNT" => new CountAccumulator(value, aggregate.IsDistinct),
        "SUM" => new SumAccumulator(value, aggregate.IsDistinct, isAverage: false),
        "AVG" => new SumAccumulator(value, aggregate.IsDistinct, isAverage: true),
        "MIN" => new ExtremeAccumulator(value, aggregate.IsDistinct, sign: -1),
        "MAX" => new ExtremeAccumulator(value, aggregate.IsDistinct, sign: 1),
        "SAMPLE" => new SampleAccumulator(value),
        _ => new ConcatenationAccumulator(value, aggregate.IsDistinct, aggregate.Separator),
    };

    /// <summary>Takes one row.</summary>
    public virtual void Add(in Row row)
    {
        var id = value is null ? ulong.MaxValue : value.Id(row);
        if (id == 0)
            HasError = true;
        else if (_seen is null || _seen.Add(id))
            Add(row.Execution, id);
    }

    /// <summary>The aggregate's value; null is an error.</summary>
    public abstract Term? Result(Execution execution);

    /// <summary>Takes one value that is no error and, where that is asked, new.</summary>
    protected abstract void Add(Execution execution, ulong id);
}

internal sealed class CountAccumulator(Evaluator? value, bool isDistinct) : Accumulator(value, isDistinct)
{
    private long _count;

    public override Term? Result(Execution execution) => Numeric.OfInteger(_count).ToLiteral();

    protected override void Add(Execution execution, ulong id) => _count++;
}

internal sealed class DistinctRowCount(int[] slots) : Accumulator(null, isDistinct: true)
{
    private readonly KeyTable _rows = new(slots.Length);

    public override void Add(in Row row)
    {
        var key = new ulong[slots.Length];
        for (var i = 0; i < key.Length; i++)
            key[i] = row.Id(slots[i]);
        _rows.Add(key, row.Execution);
    }

    public override Term? Result(Execution execution) => Numeric.OfInteger(_rows.Count).ToLiteral();

    protected override void Add(Execution execution, ulong id) => throw new System.Diagnostics.UnreachableException();
}

internal sealed class SumAccumulator(Evaluator? value, bool isDistinct, bool isAverage) : Accumulator(value, isDistinct)
{
    private Numeric? _sum = Numeric.OfInteger(0);
    private long _count;

    public override Term? Result(Execution execution)
    {
        if (HasError || _sum is not { } sum)
            return null;
        return isAverage && _count > 0 ? Numeric.Apply(Operator.Divide, sum, Numeric.OfInteger(_count))?.ToLiteral() : sum.ToLiteral();
    }

    protected override void Add(Execution execution, ulong id)
    {
        _count++;
        _sum = _sum is { } sum && Numeric.Of(execution.Pool.Decode(id)) is { } number ? Numeric.Apply(Operator.Add, sum, number) : null;
    }
}

internal sealed class ExtremeAccumulator(Evaluator? value, bool isDistinct, int sign) : Accumulator(value, isDistinct)
{
    private OrderKey? _best;

    public override Term? Result(Execution execution) => HasError ? null : _best?.Term;

    protected override void Add(Execution execution, ulong id)
    {
        var key = OrderKey.Of(execution.Pool.Decode(id));
        if (_best is not { } best || Math.Sign(OrderKey.Compare(key, best)) == sign)
            _best = key;
    }
}

internal sealed class SampleAccumulator(Evaluator? value) : Accumulator(value, isDistinct: false)
{
    private ulong _first;

    public override Term? Result(Execution execution) => _first == 0 ? null : execution.Pool.Decode(_first);

    protected override void Add(Execution execution, ulong id) => _first = _first == 0 ? id : _first;
}

internal sealed class ConcatenationAccumulator(Evaluator? value, bool isDistinct, string separator) : Accumulator(value, isDistinct)
{
    private readonly System.Text.StringBuilder _text = new();
    private bool _hasValue;
    private bool _isWrong;

    public override Term? Result(Execution execution) => HasError || _isWrong ? null : new Literal(_text.ToString());

    protected override void Add(Execution execution, ulong id)
    {
        var text = execution.Pool.Decode(id) switch { Iri iri => iri.Value, Literal literal => literal.Lexical, _ => null };
        _isWrong |= text is null;
        execution.Session.Allocate((text?.Length ?? 0) * 2L);
        _text.Append(_hasValue ? separator : "").Append(text);
        _hasValue = true;
    }
}
