using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>ORDER BY; where only the first rows are wanted, no more than a few times as many are kept.</summary>
internal sealed class OrderPlan : PlanNode
{
    private readonly PlanNode _input;
    private readonly (Evaluator Value, bool IsDescending)[] _conditions;
    private readonly long? _top;

    public OrderPlan(PlanNode input, (Evaluator, bool)[] conditions, long? top)
    {
        (_input, _conditions, _top) = (input, conditions, top);
        (Possible, Certain) = (input.Possible, input.Certain);
        EstimatedRows = Math.Min(input.EstimatedRows, top ?? double.MaxValue);
    }

    public override string Label => _top is { } top ? string.Create(CultureInfo.InvariantCulture, $"order, first {top}") : "order";

    public override IEnumerable<PlanNode> Inputs => [_input];

    protected override IEnumerable<Batch> Rows(Execution execution)
    {
        var rows = new List<(OrderKey[] Keys, ulong[] Ids)>();
        var slots = Possible.ToArray();
        foreach (var batch in _input.Run(execution))
        {
            execution.Session.Allocate(batch.Count * ((slots.Length * 8L) + (_conditions.Length * 48L) + 64));
            for (var row = 0; row < batch.Count; row++)
                rows.Add((Keys(new Row(execution, batch, row)), [.. slots.Select(s => batch[s, row])]));
            if (_top is { } top && rows.Count > (top * 2) + Batch.MaxRows)
                rows = [.. Sorted(rows).Take((int)top)];
        }

        foreach (var chunk in Sorted(rows).Take((int)Math.Min(int.MaxValue, _top ?? int.MaxValue)).Chunk(Batch.MaxRows))
        {
            var batch = new Batch(Slots) { Count = chunk.Length };
            for (var i = 0; i < slots.Length; i++)
                batch.Columns[slots[i]] = [.. chunk.Select(r => r.Ids[i])];
            yield return batch;
        }
    }

    private OrderKey[] Keys(Row row)
    {
        var keys = new OrderKey[_conditions.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = OrderKey.Of(_conditions[i].Value.Value(row));
        return keys;
    }

    // Stable, so that the order is the same each time.
    private IEnumerable<(OrderKey[] Keys, ulong[] Ids)> Sorted(List<(OrderKey[] Keys, ulong[] Ids)> rows) => rows.Order(Comparer<(OrderKey[] Keys, ulong[] Ids)>.Create((a, b) =>
    {
        for (var i = 0; i < _conditions.Length; i++)
        {
            var order = OrderKey.Compare(a.Keys[i], b.Keys[i]);
            if (order != 0)
                return _conditions[i].IsDescending ? -order : order;
        }

        return 0;
    }));
}

/// <summary>A term as sorting sees it: its number is read once.</summary>
internal readonly record struct OrderKey(Term? Term, Numeric? Number)
{
    public static OrderKey Of(Term? term) => new(term, term is null ? null : Numeric.Of(term));

    public static int Compare(OrderKey a, OrderKey b)
    {
        if (a.Number is { } x && b.Number is { } y && Numeric.Compare(x, y) is { } order && order != 0)
            return order;
        return TermComparison.Order(a.Term, b.Term);
    }
}
