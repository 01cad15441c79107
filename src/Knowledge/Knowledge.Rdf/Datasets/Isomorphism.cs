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
        if (classes.Values.Where(nodes => nodes.Count > 1).MinBy(nodes => nodes.Count) is not { } alike)
        {
            var mapping = classes.ToDictionary(c => c.Value[0], c => others[c.Key][0]);
            return left.Quads.All(q => target.Contains(Renamed(q, mapping))) ? mapping : null;
        }

        var chosen = alike[0];
        foreach (var candidate in others[left[chosen]])
        {
            if (++pairings > MaxPairings)
                throw new InvalidOperationException($"More than {MaxPairings} pairings of blank nodes that look alike were tried; {nameof(Isomorphism)}.{nameof(MaxPairings)} sets that limit.");
            if (Pair(left.With(chosen, pairings), right.With(candidate, pairings), target, ref pairings) is { } mapping)
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
        private Dictionary<BlankNode, int> _colours;

        public Colouring(IReadOnlyCollection<Quad> quads)
        {
            Quads = quads;
            _colours = quads.SelectMany(q => Nodes(q.Subject).Concat(Nodes(q.Predicate)).Concat(Nodes(q.Object)).Concat(Nodes(q.Graph))).Distinct().ToDictionary(n => n, _ => 0);
        }

        private Colouring(Colouring other, BlankNode node, int colour)
        {
            Quads = other.Quads;
            _colours = new Dictionary<BlankNode, int>(other._colours) { [node] = HashCode.Combine(other._colours[node], colour) };
        }

        public IReadOnlyCollection<Quad> Quads { get; }

        public int this[BlankNode node] => _colours[node];

        public Colouring With(BlankNode node, int colour) => new(this, node, colour);

        /// <summary>Refines until the number of colours grows no more.</summary>
        public void Refine()
        {
            for (var before = -1; ;)
            {
                var now = _colours.Values.Distinct().Count();
                if (now == before || now == _colours.Count && before >= 0)
                    return;
                before = now;
                var next = _colours.ToDictionary(c => c.Key, c => HashCode.Combine(c.Value, 17));
                foreach (var quad in Quads)
                {
                    foreach (var node in Nodes(quad.Subject).Concat(Nodes(quad.Predicate)).Concat(Nodes(quad.Object)).Concat(Nodes(quad.Graph)).Distinct())
                        next[node] += HashCode.Combine(Seen(quad.Subject, node), Seen(quad.Predicate, node), Seen(quad.Object, node), quad.Graph is null ? 0 : Seen(quad.Graph, node));
                }

                _colours = next;
            }
        }

        public Dictionary<int, List<BlankNode>> Classes() => _colours.GroupBy(c => c.Value, c => c.Key).ToDictionary(g => g.Key, g => g.ToList());

        /// <summary>A term as a node sees it: itself, another node of some colour, or something else.</summary>
        private int Seen(Term term, BlankNode node) => term switch
        {
            BlankNode other => other == node ? 1 : HashCode.Combine(2, _colours[other]),
            TripleTerm triple => HashCode.Combine(3, Seen(triple.Subject, node), triple.Predicate, Seen(triple.Object, node)),
            _ => term.GetHashCode(),
        };

        private static IEnumerable<BlankNode> Nodes(Term? term) => term switch
        {
            BlankNode node => [node],
            TripleTerm triple => Nodes(triple.Subject).Concat(Nodes(triple.Object)),
            _ => [],
        };
    }
}
