namespace Knowledge.Memory;

/// <summary>Chooses among claims that contradict each other: which fact is held, and at which times.</summary>
/// <remarks>
/// <para>Two claims contradict each other at the times at which both hold, if the property is functional and they give one subject two values, or inverse functional and two subjects one value.
/// Both are kept; at each moment the preferred one is held. Preferred is, in this order, the claim of the more trusted source, that which began later, that which was said later,
/// the surer one, and the one whose name sorts first. A claim without a beginning counts against others from when it was said; before that, any claim with a beginning is preferred.</para>
/// <para>The outcome depends on the set of claims alone, not on their order: it is the unique preferred repair of a prioritised inconsistent set with a total priority
/// (S. Staworko, J. Chomicki, J. Marcinkowski, "Prioritized repairing and consistent query answering in relational databases", 2012, section 3), taken at each moment.</para>
/// <para>Cost: n log n for the claims of one property about one subject, quadratic in the number of values that contradict each other.</para>
/// </remarks>
internal static class PreferredRepair
{
    /// <summary>The facts that are held, with their times.</summary>
    /// <param name="claims">Claims after merging, so that equal terms mean the same; with every claim come all that share its key.</param>
    /// <param name="schema">Says which properties are functional.</param>
    public static Dictionary<Triple, TimeSet> Of(IReadOnlyCollection<Claim> claims, MemorySchema schema)
    {
        var held = new Dictionary<Triple, TimeSet>();
        foreach (var group in claims.GroupBy(c => c.Predicate))
        {
            var pieces = Pieces([.. group]);
            if (!schema.IsFunctional(group.Key) && !schema.IsInverseFunctional(group.Key))
            {
                foreach (var piece in pieces)
                    Add(held, piece.Claim.Triple, piece.Times);
                continue;
            }

            Choose(pieces, schema[group.Key].IsSymmetric, schema.IsFunctional(group.Key), schema.IsInverseFunctional(group.Key), held);
        }

        return held;
    }

    /// <summary>When each claim holds by itself, ends of the same fact considered, with what it counts for against others; the preferred come first.</summary>
    public static List<Piece> Pieces(IReadOnlyCollection<Claim> claims)
    {
        var ends = claims.Where(c => c.IsEnd && c.To is not null).ToLookup(c => c.Triple);
        var pieces = new List<Piece>();
        foreach (var claim in claims.Where(c => !c.IsEnd))
        {
            var said = claim.SaidAt.UtcTicks;
            var (from, to) = Cut(claim, ends[claim.Triple]);
            if (claim.From is not null)
            {
                Add(claim, TimeSet.Of(from, to), from);
                continue;
            }

            Add(claim, TimeSet.Of(Math.Max(from, said), to), said);
            Add(claim, TimeSet.Of(from, Math.Min(said, to)), TimeSet.Ever);
        }

        pieces.Sort(Compare);
        return pieces;

        void Add(Claim claim, TimeSet times, long since)
        {
            if (!times.IsEmpty)
                pieces.Add(new Piece(claim, times, since));
        }
    }

    /// <summary>Times of a claim, cut off where its fact ended.</summary>
    private static (long From, long To) Cut(Claim claim, IEnumerable<Claim> ends)
    {
        var from = TimeSet.Ticks(claim.From, TimeSet.Ever);
        var to = TimeSet.Ticks(claim.To, TimeSet.Forever);
        var said = claim.SaidAt.UtcTicks;
        foreach (var end in ends)
        {
            var at = end.To!.Value.UtcTicks;
            if (claim.From is null ? at > said || end.SaidAt > claim.SaidAt : at > from)
                to = Math.Min(to, at);
            else if (claim.From is null)
                from = Math.Max(from, at); // it had ended before it was said to be so, so it is so again
        }

        return (from, to);
    }

    /// <summary>Why one claim is preferred to another.</summary>
    public static string Reason(Piece preferred, Piece other) =>
        preferred.Claim.Trust != other.Claim.Trust ? "its source is more trusted"
        : preferred.Since != other.Since ? "it began later"
        : preferred.Claim.SaidAt != other.Claim.SaidAt ? "it was said later"
        : preferred.Claim.Confidence != other.Claim.Confidence ? "it is surer"
        : "nothing tells them apart, so the order of their names decides";

    private static void Choose(List<Piece> pieces, bool isSymmetric, bool isFunctional, bool isInverseFunctional, Dictionary<Triple, TimeSet> held)
    {
        var bySubject = new Dictionary<Term, List<(Triple Triple, TimeSet Times)>>();
        var byObject = isSymmetric ? bySubject : [];
        foreach (var piece in pieces)
        {
            var triple = piece.Claim.Triple;
            var times = piece.Times;
            if (isFunctional || isSymmetric)
                times = WithoutOthers(bySubject, triple.Subject, triple, times);
            if (isInverseFunctional || isSymmetric)
                times = WithoutOthers(byObject, triple.Object, triple, times);
            if (times.IsEmpty)
                continue;
            Add(held, triple, times);
            Note(bySubject, triple.Subject, (triple, times));
            Note(byObject, triple.Object, (triple, times));
        }
    }

    private static TimeSet WithoutOthers(Dictionary<Term, List<(Triple Triple, TimeSet Times)>> taken, Term key, Triple own, TimeSet times)
    {
        foreach (var (triple, other) in taken.GetValueOrDefault(key) ?? [])
            if (triple != own)
                times = times.Without(other);
        return times;
    }

    private static void Note(Dictionary<Term, List<(Triple Triple, TimeSet Times)>> taken, Term key, (Triple Triple, TimeSet Times) entry)
    {
        if (!taken.TryGetValue(key, out var list))
            taken[key] = list = [];
        list.Add(entry);
    }

    private static void Add(Dictionary<Triple, TimeSet> held, Triple triple, TimeSet times) =>
        held[triple] = held.TryGetValue(triple, out var before) ? before.Union(times) : times;

    private static int Compare(Piece a, Piece b)
    {
        // A piece before its claim was said counts least, whatever its source.
        var order = (a.Since == TimeSet.Ever).CompareTo(b.Since == TimeSet.Ever);
        if (order == 0)
            order = b.Claim.Trust.CompareTo(a.Claim.Trust);
        if (order == 0)
            order = b.Since.CompareTo(a.Since);
        if (order == 0)
            order = b.Claim.SaidAt.CompareTo(a.Claim.SaidAt);
        if (order == 0)
            order = b.Claim.Confidence.CompareTo(a.Claim.Confidence);
        return order != 0 ? order : string.CompareOrdinal(a.Claim.Id.Value, b.Claim.Id.Value);
    }

    /// <summary>Times of a claim with one priority.</summary>
    /// <param name="Claim">The claim.</param>
    /// <param name="Times">When it holds.</param>
    /// <param name="Since">From when on it counts against others, in UTC ticks.</param>
    internal readonly record struct Piece(Claim Claim, TimeSet Times, long Since);
}
