namespace Knowledge.Sparql;

/// <summary>What a hash join keeps of its left rows.</summary>
internal enum JoinKind
{
    /// <summary>Those with a partner, joined.</summary>
    Inner,

    /// <summary>All, joined where there is a partner: OPTIONAL.</summary>
    Left,

    /// <summary>Those without a partner that shares a bound variable: MINUS.</summary>
    Minus,
}

/// <summary>Joins rows with those of a plan that runs by itself, by a hash of the variables that are bound on both sides for certain.</summary>
/// <remarks>Variables that may be unbound on one side are compared row by row: unbound goes with everything (SPARQL 1.1, 18.1.9).</remarks>
internal sealed class HashJoinStep(PlanNode right, JoinKind kind, SlotSet leftPossible, SlotSet leftCertain, Evaluator? condition) : PipelineStep
{
    private readonly int[] _keys = right.Certain.Intersect(leftCertain).ToArray();
    private readonly int[] _others = right.Possible.Intersect(leftPossible).Except(right.Certain.Intersect(leftCertain)).ToArray();

    public override string Label => kind switch { JoinKind.Left => "hash left join", JoinKind.Minus => "hash minus", _ => "hash join" } + (_keys.Length == 0 ? " without key" : "");

    public override IEnumerable<PlanNode> Inputs => [right];

    public static HashJoinStep Of(PlanNode right, JoinKind kind, StepContext context, Evaluator? condition, double estimate) =>
        new(right, kind, context.Possible, context.Certain, condition)
        {
            Slots = context.Slots,
            Live = context.Live,
            Possible = kind == JoinKind.Minus ? default : right.Possible,
            Certain = kind == JoinKind.Inner ? right.Certain : default,
            EstimatedRows = estimate,
        };

    public override IEnumerable<Batch> Extend(Execution execution, IEnumerable<Batch> input)
    {
        RowTable? table = null;
        RowIndex? index = null;
        foreach (var batch in input)
        {
            table ??= RowTable.Of(right.Run(execution), execution, Slots, right.Possible);
            index ??= new RowIndex(table, _keys, execution);
            var matched = new bool[batch.Count];
            foreach (var joined in Joined(execution, batch, table, index, matched))
                yield return joined;
            if (kind != JoinKind.Inner && Unmatched(batch, matched) is { Count: > 0 } rest)
                yield return rest;
        }
    }

    private IEnumerable<Batch> Joined(Execution execution, Batch batch, RowTable table, RowIndex index, bool[] matched)
    {
        var (lefts, rights) = (new List<int>(), new List<int>());
        for (var row = 0; row < batch.Count; row++)
        {
            for (var other = index.First(batch, row); other >= 0; other = index.Next(other, batch, row))
            {
                if (!IsCompatible(batch, row, table, other))
                    continue;
                if (kind == JoinKind.Minus)
                {
                    matched[row] = true;
                    break;
                }

                lefts.Add(row);
                rights.Add(other);
                if (lefts.Count < Batch.MaxRows)
                    continue;
                execution.Session.Check();
                yield return Combine(execution, batch, table, lefts, rights, matched);
                lefts.Clear();
                rights.Clear();
            }

            if ((row & 1023) == 1023)
                execution.Session.Check();
        }

        if (lefts.Count > 0)
            yield return Combine(execution, batch, table, lefts, rights, matched);
    }

    private bool IsCompatible(Batch batch, int row, RowTable table, int other)
    {
        var shares = _keys.Length > 0;
        foreach (var slot in _others)
        {
            var (left, right) = (batch[slot, row], table[slot, other]);
            if (left == 0 || right == 0)
                continue;
            if (left != right)
                return false;
            shares = true;
        }

        return shares || kind != JoinKind.Minus;
    }

    private Batch Combine(Execution execution, Batch batch, RowTable table, List<int> lefts, List<int> rights, bool[] matched)
    {
        var leftRows = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lefts);
        var wanted = condition is null ? Live : SlotSet.Of([.. Enumerable.Range(0, Slots)]);
        var joined = batch.Gather(leftRows, wanted);
        var added = table.Gather(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rights));
        for (var slot = 0; slot < Slots; slot++)
        {
            if (added.Columns[slot] is not { } from || !wanted.Contains(slot))
                continue;
            if (joined.Columns[slot] is { } to)
            {
                for (var row = 0; row < joined.Count; row++)
                    to[row] = to[row] == 0 ? from[row] : to[row];
            }
            else
            {
                joined.Columns[slot] = from;
            }
        }

        if (condition is null)
        {
            foreach (var row in leftRows)
                matched[row] = true;
            return joined;
        }

        var kept = new List<int>();
        for (var row = 0; row < joined.Count; row++)
        {
            if (condition.Truth(new Row(execution, joined, row)) != true)
                continue;
            kept.Add(row);
            matched[lefts[row]] = true;
        }

        return joined.Gather([.. kept], Live);
    }

    private Batch Unmatched(Batch batch, bool[] matched)
    {
        var rows = new List<int>();
        for (var row = 0; row < matched.Length; row++)
            if (!matched[row])
                rows.Add(row);
        return batch.Gather([.. rows], Live);
    }
}

/// <summary>What a step finds when it begins, and what is needed after it.</summary>
/// <param name="Slots">Number of slots.</param>
/// <param name="Possible">Slots that may be bound before.</param>
/// <param name="Certain">Slots that are bound before.</param>
/// <param name="Live">Slots that are needed after.</param>
internal readonly record struct StepContext(int Slots, SlotSet Possible, SlotSet Certain, SlotSet Live);
