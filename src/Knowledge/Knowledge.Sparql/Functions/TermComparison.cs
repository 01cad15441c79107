using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Equality, order of values, and the total order of ORDER BY.</summary>
/// <remarks>Source: SPARQL 1.1, 17.3 and 15.1; SPARQL 1.2 for triple terms. Values of known datatypes whose value spaces differ are unequal; where one is unknown or wrong it is an error.</remarks>
internal static class TermComparison
{
    private enum Family
    {
        Numeric,
        Text,
        Language,
        Boolean,
        Moment,
        Duration,
        Unknown,
    }

    /// <summary>Whether two terms have the same value; null is a type error.</summary>
    public static bool? AreEqual(Term a, Term b)
    {
        if (a is TripleTerm x && b is TripleTerm y)
            return All(AreEqual(x.Subject, y.Subject), AreEqual(x.Predicate, y.Predicate), AreEqual(x.Object, y.Object));
        if (a is not Literal first || b is not Literal second)
            return a.Equals(b);
        var (family, other) = (FamilyOf(first), FamilyOf(second));
        if (family == Family.Numeric && other == Family.Numeric)
            return Numeric.Of(first) is { } p && Numeric.Of(second) is { } q ? Numeric.Compare(p, q) == 0 : SameOrError(first, second);
        if (first.Equals(second))
            return true;
        if (family != other && (family == Family.Language || other == Family.Language))
            return false;
        if (family == Family.Unknown || other == Family.Unknown || !IsWellFormed(first, family) || !IsWellFormed(second, other))
            return null;
        if (family != other || family is Family.Text or Family.Language)
            return false;
        if (family == Family.Moment && first.Datatype != second.Datatype)
            return false;
        return Compare(first, second) is { } order ? order == 0 : null;
    }

    private static bool? SameOrError(Literal a, Literal b) => a.Equals(b) ? true : null;

    private static bool? All(params ReadOnlySpan<bool?> parts)
    {
        bool? result = true;
        foreach (var part in parts)
        {
            if (part == false)
                return false;
            if (part is null)
                result = null;
        }

        return result;
    }

    /// <summary>Whether an order comparison holds; null is a type error.</summary>
    public static bool? Holds(Operator comparison, Term a, Term b)
    {
        if (a is not Literal first || b is not Literal second)
            return null;
        if (Numeric.Of(first) is { } p && Numeric.Of(second) is { } q && Numeric.Compare(p, q) is null)
            return false;
        return Compare(first, second) is not { } order ? null : comparison switch
        {
            Operator.Less => order < 0,
            Operator.Greater => order > 0,
            Operator.LessEqual => order <= 0,
            _ => order >= 0,
        };
    }

    // Order of values; null where there is none.
    private static int? Compare(Literal a, Literal b)
    {
        var family = FamilyOf(a);
        if (family != FamilyOf(b))
            return null;
        return family switch
        {
            Family.Numeric => Numeric.Of(a) is { } p && Numeric.Of(b) is { } q ? Numeric.Compare(p, q) : null,
            Family.Text => CompareCodePoints(a.Lexical, b.Lexical),
            Family.Boolean => XsdTypes.Boolean(a) is { } p && XsdTypes.Boolean(b) is { } q ? p.CompareTo(q) : null,
            Family.Moment when a.Datatype == b.Datatype => XsdMoment.Of(a) is { } p && XsdMoment.Of(b) is { } q ? XsdMoment.Compare(p, q) : null,
            Family.Duration => XsdDuration.Of(a) is { } p && XsdDuration.Of(b) is { } q ? XsdDuration.Compare(p, q) : null,
            _ => null,
        };
    }

    private static Family FamilyOf(Literal literal)
    {
        if (literal.Language is not null)
            return Family.Language;
        if (XsdTypes.IsString(literal))
            return Family.Text;
        if (Numeric.TypeOf(literal.Datatype) is not null)
            return Family.Numeric;
        if (literal.Datatype == XsdVocabulary.Boolean)
            return Family.Boolean;
        return XsdMoment.IsMoment(literal.Datatype) ? Family.Moment : XsdDuration.IsDuration(literal.Datatype) ? Family.Duration : Family.Unknown;
    }

    /// <summary>Whether a literal's lexical form is one of its datatype; datatypes that are unknown here take any.</summary>
    public static bool IsWellFormed(Literal literal) => IsWellFormed(literal, FamilyOf(literal));

    private static bool IsWellFormed(Literal literal, Family family) => family switch
    {
        Family.Numeric => Numeric.Of(literal) is not null,
        Family.Boolean => XsdTypes.Boolean(literal) is not null,
        Family.Moment => XsdMoment.Of(literal) is not null,
        Family.Duration => XsdDuration.Of(literal) is not null,
        _ => true,
    };

    /// <summary>Order by code points.</summary>
    public static int CompareCodePoints(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
            return a.Length.CompareTo(b.Length);
        var (x, y) = (a[common], b[common]);

        // UTF-16 puts U+E000 to U+FFFF behind surrogates, code points before them.
        var isSplit = char.IsSurrogate(x) != char.IsSurrogate(y);
        return isSplit ? (char.IsSurrogate(x) ? 1 : -1) : x.CompareTo(y);
    }

    /// <summary>The order of ORDER BY: unbound, blank nodes, IRIs, literals, triple terms; literals by value where values have an order, and always the same way.</summary>
    public static int Order(Term? a, Term? b)
    {
        var (first, second) = (Rank(a), Rank(b));
        if (first != second)
            return first.CompareTo(second);
        return (a, b) switch
        {
            (BlankNode x, BlankNode y) => CompareCodePoints(x.Label, y.Label),
            (Iri x, Iri y) => CompareCodePoints(x.Value, y.Value),
            (Literal x, Literal y) => OrderLiterals(x, y),
            (TripleTerm x, TripleTerm y) => First(Order(x.Subject, y.Subject), Order(x.Predicate, y.Predicate), Order(x.Object, y.Object)),
            _ => 0,
        };
    }

    private static int Rank(Term? term) => term switch { null => 0, BlankNode => 1, Iri => 2, Literal => 3, _ => 4 };

    private static int First(params ReadOnlySpan<int> orders)
    {
        foreach (var order in orders)
            if (order != 0)
                return order;
        return 0;
    }

    private static int OrderLiterals(Literal a, Literal b)
    {
        // Families first, so that the order is total; ill-formed literals stand behind all families.
        var (first, second) = (OrderRank(a), OrderRank(b));
        if (first != second)
            return first.CompareTo(second);
        var byValue = (Family)first switch
        {
            Family.Numeric => OrderNumbers(Numeric.Of(a)!.Value, Numeric.Of(b)!.Value),
            Family.Moment => First(string.CompareOrdinal(a.Datatype, b.Datatype), XsdMoment.TotalOrder(XsdMoment.Of(a)!.Value, XsdMoment.Of(b)!.Value)),
            Family.Duration => OrderDurations(XsdDuration.Of(a)!.Value, XsdDuration.Of(b)!.Value),
            Family.Unknown or Family.Language or Family.Text => CompareCodePoints(a.Lexical, b.Lexical),
            _ => Compare(a, b) ?? 0,
        };
        return First(byValue, string.CompareOrdinal(a.Datatype, b.Datatype), string.CompareOrdinal(a.Language, b.Language), CompareCodePoints(a.Lexical, b.Lexical), Nullable.Compare(a.Direction, b.Direction));
    }

    private static int OrderRank(Literal literal)
    {
        var family = FamilyOf(literal);
        return (int)(IsWellFormed(literal, family) ? family : Family.Unknown);
    }

    private static int OrderNumbers(Numeric a, Numeric b) => Numeric.Compare(a, b) ?? a.AsDouble.CompareTo(b.AsDouble);

    private static int OrderDurations(XsdDuration a, XsdDuration b) => First((a.Seconds + (a.Months * 2629746m)).CompareTo(b.Seconds + (b.Months * 2629746m)), a.Months.CompareTo(b.Months));
}
