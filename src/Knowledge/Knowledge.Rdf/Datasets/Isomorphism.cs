namespace Knowledge.Rdf;

/// <summary>Whether two sets of quads say the same: equal but for the labels of their blank nodes.</summary>
/// <remarks>
/// <para>Nodes are told apart by what stands around them: colours are refined until nothing changes (as in the 1-dimensional Weisfeiler-Leman algorithm), and where several nodes keep one colour,
/// one of them is paired with each of the other side in turn.</para>
/// <para>Cost: quads times rounds where colours tell the nodes apart; exponential in the nodes that they leave alike, up to a limit.</para>
/// <para>Source: RDF 1.1 Concepts, section 3.6; the way of Carroll 2001, "Matching RDF graphs", HPL-2001-293.</para>
/// </remarks>
public static class Isomorphism
{
    /// <summary>How many pairings are tried before it is given up.</summary>
    public const int MaxPairings = 100_000;

    /// <summary>Compares two sets.</summary>
    /// <param name="left">Quads without duplicates.</param>
    /// <param name="right">Quads without duplicates.</param>
    /// <returns>Whether one becomes the other by renaming blank nodes, one to one.</returns>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxPairings"/> pairings of nodes that look alike were tried.</exception>
    public static bool AreIsomorphic(IReadOnlyCollection<Quad> left, IReadOnlyCollection<Quad> right) => Mapping(left, right) is not null;

    /// <summary>Finds a renaming that makes two sets equal.</summary>
    /// <param name="left">Quads without duplicates.</param>
    /// <param name="right">Quads without duplicates.</param>
    /// <returns>The node on the right for each node on the left; null where there is no renaming.</returns>
    /// <exception cref="InvalidOperationException">More than <see cref="MaxPairings"/> pairings of nodes that look alike were tried.</exception>
    public static IReadOnlyDictionary<BlankNode, BlankNode>? Mapping(IReadOnlyCollection<Quad> left, IReadOnlyCollection<Quad> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.Count != right.Count)
            return null;
        var pairings = 0;
        return Pair(new Colouring(left), new Colouring(right), right.ToHashSet(), ref pairings);
    }

    private static Dictionary<BlankNode, BlankNode>? Pair(Colouring left, Colouring right, HashSet<Quad> target, ref int pairings)
    {
        left.Refine();
        right.Refine();
        var classes = left.Classes();
        var others = right.Classes();
        if (classes.Count != others.Count || !classes.All(c => others.TryGetValue(c.Key, out var nodes) && nodes.Count == c.Value.Count))
            return null;
        if (classes.Where(c => c.Value.Count > 1).OrderBy(c => c.Value.Count).FirstOrDefault() is not { Value: { } alike } chosen)
        {
            var mapping = classes.ToDictionary(c => left.Nodes[c.Value[0]], c => right.Nodes[others[c.Key][0]]);
            return left.Quads.All(q => target.Contains(Renamed(q, mapping))) ? mapping : null;
        }

        foreach (var candidate in others[chosen.Key])
        {
            if (++pairings > MaxPairings)
                throw new InvalidOperationException($"More than {MaxPairings} pairings of blank nodes that look alike were tried; {nameof(Isomorphism)}.{nameof(MaxPairings)} sets that limit.");
            if (Pair(left.With(alike[0], pairings), right.With(candidate, pairings), target, ref pairings) is { } mapping)
                return mapping;
        }

        return null;
    }

    private static Quad Renamed(Quad quad, Dictionary<BlankNode, BlankNode> mapping) =>
        new(Renamed(quad.Subject, mapping), Renamed(quad.Predicate, mapping), Renamed(quad.Object, mapping), quad.Graph is null ? null : Renamed(quad.Graph, mapping));

    private static Term Renamed(Term term, Dictionary<BlankNode, BlankNode> mapping) => term switch
    {
        BlankNode node => mapping[node],
        TripleTerm triple => new TripleTerm(Renamed(triple.Subject, mapping), triple.Predicate, Renamed(triple.Object, mapping)),
        _ => term,
    };

    /// <summary>Blank nodes with a number each that says what is known of their surroundings.</summary>
    private sealed class Colouring
    {
        private readonly Dictionary<BlankNode, int> _numbers;
        private readonly List<Pattern> _patterns;
        private int[] _colours; // by number of the node

        public Colouring(IReadOnlyCollection<Quad> quads)
        {
            Quads = quads;
            _numbers = [];
            Nodes = [];
            _patterns = [.. quads.Select(PatternOf).Where(p => p.Places.Count > 0)];
            _colours = new int[Nodes.Count];
        }

        private Colouring(Colouring other, int node, int colour)
        {
            Quads = other.Quads;
            Nodes = other.Nodes;
            _numbers = other._numbers;
            _patterns = other._patterns;
            _colours = [.. other._colours];
            _colours[node] = HashCode.Combine(_colours[node], colour);
        }

        public IReadOnlyCollection<Quad> Quads { get; }

        public List<BlankNode> Nodes { get; }

        public Colouring With(int node, int colour) => new(this, node, colour);

        /// <summary>Refines until the number of colours grows no more.</summary>
        public void Refine()
        {
            for (var before = -1; ;)
            {
                var now = _colours.Distinct().Count();
                if (now == before || (now == _colours.Length && before >= 0))
                    return;
                before = now;
                var next = Array.ConvertAll(_colours, c => HashCode.Combine(c, 17));
                foreach (var pattern in _patterns)
                    foreach (var (_, node) in pattern.Places)
                        next[node] += Seen(pattern, node);
                _colours = next;
            }
        }

        /// <summary>Nodes by colour.</summary>
        public Dictionary<int, List<int>> Classes() => Enumerable.Range(0, _colours.Length).GroupBy(n => _colours[n]).ToDictionary(g => g.Key, g => g.ToList());

        /// <summary>A quad as one of its nodes sees it: itself, nodes of other colours, and what is no node.</summary>
        private int Seen(Pattern pattern, int node)
        {
            var seen = pattern.Ground;
            foreach (var (place, other) in pattern.Places)
                seen = HashCode.Combine(seen, place, other == node, other == node ? 0 : _colours[other]);
            return seen;
        }

        private Pattern PatternOf(Quad quad)
        {
            var places = new List<(int, int)>();
            var ground = HashCode.Combine(Ground(quad.Subject, 1, places), Ground(quad.Predicate, 2, places), Ground(quad.Object, 3, places), quad.Graph is null ? 0 : Ground(quad.Graph, 4, places));
            return new Pattern(ground, places);
        }

        /// <summary>A hash of what of a term is no node; its nodes go to the places.</summary>
        private int Ground(Term term, int place, List<(int Place, int Node)> places)
        {
            switch (term)
            {
                case BlankNode node:
                    if (!_numbers.TryGetValue(node, out var number))
                    {
                        _numbers[node] = number = Nodes.Count;
                        Nodes.Add(node);
                    }

                    places.Add((place, number));
                    return 1;
                case TripleTerm triple:
                    return HashCode.Combine(Ground(triple.Subject, (3 * place) + 5, places), triple.Predicate, Ground(triple.Object, (3 * place) + 6, places));
                default:
                    return term.GetHashCode();
            }
        }

        /// <param name="Ground">A hash of what is no node.</param>
        /// <param name="Places">Where nodes stand.</param>
        private sealed record Pattern(int Ground, List<(int Place, int Node)> Places);
    }
}
