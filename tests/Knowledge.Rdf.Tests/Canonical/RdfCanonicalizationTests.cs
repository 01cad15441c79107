using CsCheck;
using Knowledge.Rdf.Canonical;

namespace Knowledge.Rdf.Tests.Canonical;

public sealed class RdfCanonicalizationTests
{
    // One node names graphs and is nothing else: see the limits of RdfCanonicalization.
    private static readonly Term?[] s_graphs = [null, null, null, new Iri("urn:g"), new Iri("urn:h"), new BlankNode("x4")];
    private static readonly Gen<Term> s_node = Gen.Int[0, 3].Select(n => (Term)new BlankNode($"x{n}"));
    private static readonly Gen<Term> s_object = Gen.OneOf(s_node, s_node, Gen.Int[0, 1].Select(n => (Term)new Literal($"v{n}\u007f\ud83d\ude00")));
    private static readonly Gen<Quad> s_quad = Gen.Select(s_node, Gen.Int[0, 1], s_object, Gen.Int[0, 5].Select(n => s_graphs[n]))
        .Select((s, p, o, g) => new Quad(s, new Iri($"urn:p{p}"), o, g));
    private static readonly Gen<Quad[]> s_dataset = s_quad.Array[1, 8];

    [Fact]
    public void Canonicalize_RelabelledAndShuffled_GivesTheSame() => Gen.Select(s_dataset, Gen.Int).Sample((quads, seed) =>
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, 5).Select(n => $"y{n}").ToArray();
        random.Shuffle(labels);
        var other = quads.Select(q => new Quad(Renamed(q.Subject, labels), q.Predicate, Renamed(q.Object, labels), q.Graph is null ? null : Renamed(q.Graph, labels))).ToArray();
        random.Shuffle(other);
        return RdfCanonicalization.Canonicalize(quads).Hash == RdfCanonicalization.Canonicalize(other).Hash;
    });

    [Fact]
    public void Canonicalize_TwoDatasets_EqualOnlyWhereTheyAreIsomorphic() => Gen.Select(s_dataset, s_dataset).Sample((one, other) =>
        (RdfCanonicalization.Canonicalize(one).NQuads == RdfCanonicalization.Canonicalize(other).NQuads) == Isomorphism.AreIsomorphic(one.ToHashSet(), other.ToHashSet()));

    [Fact]
    public void Canonicalize_ItsOwnText_StaysAsItIs() => s_dataset.Sample(quads =>
    {
        var text = RdfCanonicalization.Canonicalize(quads).NQuads;
        return RdfCanonicalization.Canonicalize(Dataset.Parse(text, RdfFormat.NQuads).Quads).NQuads == text;
    });

    [Fact]
    public void Canonicalize_TwoTrianglesAndAHexagon_AreToldApart()
    {
        // All nodes look alike at first degree: an implementation that stops there, as a fault would, gives both the same hash.
        Quad[] triangles = [Edge(0, 1), Edge(1, 2), Edge(2, 0), Edge(3, 4), Edge(4, 5), Edge(5, 3)];
        Quad[] hexagon = [Edge(0, 1), Edge(1, 2), Edge(2, 3), Edge(3, 4), Edge(4, 5), Edge(5, 0)];
        Assert.NotEqual(RdfCanonicalization.Canonicalize(triangles).Hash, RdfCanonicalization.Canonicalize(hexagon).Hash);
    }

    [Fact]
    public void Canonicalize_Clique_EndsAtTheNamedLimit()
    {
        var clique = Enumerable.Range(0, 9).SelectMany(a => Enumerable.Range(0, 9).Where(b => a != b).Select(b => Edge(a, b))).ToArray();
        Assert.Equal(nameof(CanonicalizationOptions.MaxWork), Assert.Throws<CanonicalizationLimitException>(() => RdfCanonicalization.Canonicalize(clique)).Limit);
    }

    [Fact]
    public void Canonicalize_LongCircle_EndsAtTheNamedLimit()
    {
        var circle = Enumerable.Range(0, 2000).Select(n => Edge(n, (n + 1) % 2000)).ToArray();
        Assert.Equal(nameof(CanonicalizationOptions.MaxDepth), Assert.Throws<CanonicalizationLimitException>(() => RdfCanonicalization.Canonicalize(circle)).Limit);
    }

    [Fact]
    public void Canonicalize_TripleTerm_SaysSo() =>
        Assert.Throws<NotSupportedException>(() => RdfCanonicalization.Canonicalize([new Quad(new Iri("urn:s"), new Iri("urn:p"), new TripleTerm(new Iri("urn:s"), new Iri("urn:p"), new Iri("urn:o")))]));

    private static Quad Edge(int from, int to) => new(new BlankNode($"e{from}"), new Iri("urn:p"), new BlankNode($"e{to}"));

    private static Term Renamed(Term term, string[] labels) => term is BlankNode blank ? new BlankNode(labels[blank.Label[1] - '0']) : term;
}
