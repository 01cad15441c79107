using CsCheck;
using Knowledge.Rdf.Tests.Formats;

namespace Knowledge.Rdf.Tests.Datasets;

public sealed class IsomorphismTests
{
    [Fact]
    public void AreIsomorphic_RenamedNodes_Always() => Gen.Select(Documents.Quads(hasGraphs: true), Gen.Int).Sample((quads, seed) =>
    {
        var labels = Enumerable.Range(0, 100).Select(n => $"x{n}").ToArray();
        new Random(seed).Shuffle(labels);
        var names = new Dictionary<string, string>();
        var renamed = quads.Select(q => new Quad(Renamed(q.Subject), q.Predicate, Renamed(q.Object), q.Graph is null ? null : Renamed(q.Graph))).ToHashSet();
        var mapping = Isomorphism.Mapping(quads.ToHashSet(), renamed);
        Assert.NotNull(mapping);
        Assert.Equal(names.Count, mapping.Count);

        Term Renamed(Term term) => term switch
        {
            BlankNode node => new BlankNode(names.TryGetValue(node.Label, out var name) ? name : names[node.Label] = labels[names.Count]),
            TripleTerm triple => new TripleTerm(Renamed(triple.Subject), triple.Predicate, Renamed(triple.Object)),
            _ => term,
        };
    }, iter: 300);

    [Fact]
    public void AreIsomorphic_OneQuadChanged_Never() => Documents.Quads(hasGraphs: true).Where(q => q.Length > 0).Sample(quads =>
    {
        var left = quads.ToHashSet();
        var right = quads.ToHashSet();
        var changed = right.First();
        right.Remove(changed);
        right.Add(changed with { Predicate = new Iri("urn:changed") });
        Assert.False(Isomorphism.AreIsomorphic(left, right));
    }, iter: 300);

    [Fact]
    public void AreIsomorphic_OneRingAndTwo_AreNot()
    {
        // Every node looks the same from near: only a pairing of the whole tells.
        Assert.False(Isomorphism.AreIsomorphic(Ring("a", 6), [.. Ring("a", 3), .. Ring("b", 3)]));
        Assert.True(Isomorphism.AreIsomorphic([.. Ring("a", 3), .. Ring("b", 3)], [.. Ring("c", 3), .. Ring("d", 3)]));
        Assert.True(Isomorphism.AreIsomorphic(Ring("a", 40), Ring("b", 40)));
    }

    [Fact]
    public void AreIsomorphic_SmallGraphs_EqualsTryingEveryRenaming()
    {
        var small = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[0, 3]).Select((s, p, o) => new Quad(new BlankNode($"{s}"), new Iri($"urn:{p}"), new BlankNode($"{o}"))).Array[1, 5];
        Gen.Select(small, small).Sample((left, right) => Assert.Equal(AnyRenaming([.. left], [.. right]), Isomorphism.AreIsomorphic(left.ToHashSet(), right.ToHashSet())), iter: 2000);
    }

    private static Quad[] Ring(string name, int size) => [.. Enumerable.Range(0, size).Select(n => new Quad(new BlankNode($"{name}{n}"), new Iri("urn:p"), new BlankNode($"{name}{(n + 1) % size}")))];

    private static bool AnyRenaming(HashSet<Quad> left, HashSet<Quad> right) => left.Count == right.Count && Permutations([0, 1, 2, 3]).Any(p =>
        right.SetEquals(left.Select(q => new Quad(new BlankNode($"{p[((BlankNode)q.Subject).Label[0] - '0']}"), q.Predicate, new BlankNode($"{p[((BlankNode)q.Object).Label[0] - '0']}")))));

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length == 0 ? [[]] : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]), (first, rest) => (int[])[first, .. rest]);
}
