using System.Globalization;
using System.Numerics;

namespace Knowledge.Rules;

/// <summary>Puts matches into groups and computes a value for each.</summary>
/// <param name="part">What is computed.</param>
/// <param name="environment">Terms.</param>
internal sealed class AggregateSink(AggregatePart part, RuleEnvironment environment) : IMatchSink
{
    private readonly Dictionary<uint[], HashSet<uint[]>> _groups = new(UintArrayComparer.Instance);

    /// <inheritdoc/>
    public bool Match(uint[] bindings)
    {
        var key = Array.ConvertAll(part.Groups, g => bindings[g]);
        if (!_groups.TryGetValue(key, out var rows))
            _groups[key] = rows = new(UintArrayComparer.Instance);
        rows.Add(part.Function is AggregateFunction.Sum or AggregateFunction.Avg ? [bindings[part.Argument], .. bindings] : [bindings[part.Argument]]);
        return false;
    }

    /// <summary>Groups with their values; those without a value are left out.</summary>
    public IEnumerable<(uint[] Group, uint Value)> Values()
    {
        foreach (var (group, rows) in _groups)
            if (Value(rows) is { } value)
                yield return (group, value);
    }

    private uint? Value(HashSet<uint[]> rows)
    {
        if (part.Function == AggregateFunction.Count)
            return environment.Id(new Literal(rows.Count.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer)).Value;
        var terms = rows.Select(r => environment.Term(new TermId(r[0]))).ToList();
        var value = part.Function switch
        {
            AggregateFunction.Min => Extreme(terms, -1),
            AggregateFunction.Max => Extreme(terms, 1),
            _ => Total(terms),
        };
        return value is null ? null : environment.Id(value).Value;
    }

    /// <summary>By value where all are numbers or all are times, else by text.</summary>
    private static Term Extreme(List<Term> terms, int sign)
    {
        var isOrdered = terms.TrueForAll(t => LiteralValue.Compare(t, terms[0]) is not null);
        return terms.Aggregate((best, next) => Order(next, best) * sign > 0 ? next : best);

        int Order(Term a, Term b)
        {
            var order = isOrdered ? LiteralValue.Compare(a, b) ?? 0 : 0;
            return order != 0 ? order : string.CompareOrdinal(a.ToString(), b.ToString());
        }
    }

    private Literal? Total(List<Term> terms)
    {
        var numbers = new List<Number>();
        foreach (var term in terms)
            if (Number.TryOf(term, out var number))
                numbers.Add(number);
        if (part.Function == AggregateFunction.Avg)
            return numbers.Count == 0 ? null : LiteralValue.Double(numbers.Select(n => n.AsDouble).Order().Sum() / numbers.Count);
        if (numbers.Exists(n => n.IsFloating))
            return LiteralValue.Double(numbers.Select(n => n.AsDouble).Order().Sum()); // in one order, so that the same numbers have the same sum
        var sum = numbers.Aggregate(0m, (s, n) => s + n.AsDecimal);
        return decimal.IsInteger(sum)
            ? new Literal(((BigInteger)sum).ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer)
            : new Literal(sum.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Decimal);
    }
}

/// <summary>Arrays by their elements.</summary>
internal sealed class UintArrayComparer : IEqualityComparer<uint[]>
{
    public static readonly UintArrayComparer Instance = new();

    public bool Equals(uint[]? x, uint[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(uint[] values)
    {
        var hash = new HashCode();
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        return hash.ToHashCode();
    }
}
