namespace Knowledge.Memory.Tests.Worlds;

/// <summary>The slow twin: a list of what was said, and a look at all of it for every question. It shares no code with the product.</summary>
internal sealed class WorldOracle(IReadOnlySet<string> functional, IReadOnlySet<string> inverseFunctional)
{
    private readonly List<Said> _said = [];
    private readonly Dictionary<Said, List<(int From, int? To)>> _beliefs = [];

    public void Say(Said said)
    {
        var known = _said.FirstOrDefault(c => c with { At = said.At } == said);
        if (known is null)
            _said.Add(known = said);
        var beliefs = _beliefs.TryGetValue(known, out var there) ? there : _beliefs[known] = [];
        if (!beliefs.Any(b => b.To is null))
            beliefs.Add((said.At, null));
    }

    public void Retract(string source, string s, string p, string o, int at)
    {
        foreach (var claim in _said.Where(c => c.Source == source && c.S == s && c.P == p && c.O == o))
            for (var i = 0; i < _beliefs[claim].Count; i++)
                if (_beliefs[claim][i].To is null)
                    _beliefs[claim][i] = (_beliefs[claim][i].From, at);
    }

    public void Purge(string source) => _said.RemoveAll(c => c.Source == source);

    /// <summary>Facts at a time, as they were known at a time.</summary>
    public HashSet<(string S, string P, string O)> Facts(double valid, double known)
    {
        var believed = _said.Where(c => _beliefs[c].Any(b => b.From <= known && (b.To is not { } to || known < to))).ToList();
        var merges = believed.Where(c => c.P == "same").ToList();
        var claims = believed.Where(c => c.P != "same").Select(c => (Claim: c, S: Name(c.S, merges), O: Name(c.O, merges))).ToList();
        var ends = claims.Where(c => c.Claim.IsEnd).ToList();
        var active = claims.Where(c => !c.Claim.IsEnd)
            .Select(c => (c.Claim, c.S, c.O, Times: Times(c.Claim, ends.Where(e => (e.S, e.Claim.P, e.O) == (c.S, c.Claim.P, c.O)).Select(e => e.Claim))))
            .Where(c => c.Times.From <= valid && valid < c.Times.To);
        var ordered = active.Select(c => (c.Claim, c.S, c.O, IsWeak: c.Claim.From is null && valid < c.Claim.At, Since: c.Claim.From ?? c.Claim.At))
            .OrderBy(c => c.IsWeak).ThenByDescending(c => c.Claim.Trust).ThenByDescending(c => c.IsWeak ? 0 : c.Since).ThenByDescending(c => c.Claim.At);
        var held = new HashSet<(string S, string P, string O)>();
        foreach (var c in ordered)
        {
            var isAgainst = held.Any(h => h.P == c.Claim.P && ((functional.Contains(h.P) && h.S == c.S && h.O != c.O) || (inverseFunctional.Contains(h.P) && h.O == c.O && h.S != c.S)));
            if (!isAgainst)
                held.Add((c.S, c.Claim.P, c.O));
        }

        return held;
    }

    private static (double From, double To) Times(Said claim, IEnumerable<Said> ends)
    {
        var (from, to) = (claim.From ?? double.NegativeInfinity, claim.To ?? double.PositiveInfinity);
        foreach (var end in ends)
        {
            if (claim.From is { } begin)
                to = end.To > begin ? Math.Min(to, end.To!.Value) : to;
            else if (end.To > claim.At || end.At > claim.At)
                to = Math.Min(to, end.To!.Value);
            else
                from = Math.Max(from, end.To!.Value);
        }

        return (from, to);
    }

    private static string Name(string entity, List<Said> merges)
    {
        var one = new SortedSet<string>(StringComparer.Ordinal) { entity };
        while (merges.FirstOrDefault(m => one.Contains(m.S) != one.Contains(m.O)) is { } merge)
            one.UnionWith([merge.S, merge.O]);
        return one.FirstOrDefault(e => merges.All(m => m.S != e)) ?? one.First();
    }

    /// <summary>What a source says; one that says the same again, however late, says the same thing.</summary>
    internal sealed record Said(string Source, string S, string P, string O)
    {
        public int? From { get; init; }

        public int? To { get; init; }

        public bool IsEnd { get; init; }

        public double Trust { get; init; } = 1;

        public int At { get; init; }
    }
}
