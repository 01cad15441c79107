namespace Knowledge.Rules.Tests.Entailment;

/// <summary>A world of two things: who is in the classes, between whom the properties hold, and whom the names name.</summary>
/// <param name="Classes">For each class a bit for each thing.</param>
/// <param name="Roles">For each property a bit for each pair, the first thing times two and the second.</param>
/// <param name="Names">For each name a thing.</param>
internal sealed record SmallWorld(int[] Classes, int[] Roles, int[] Names)
{
    public const int Size = 2;

    public static IEnumerable<int> Things => Enumerable.Range(0, Size);

    public bool Is(int thing, int @class) => (Classes[@class] >> thing & 1) == 1;

    public bool Holds(int role, int one, int other) => (Roles[role] >> (one * Size + other) & 1) == 1;

    /// <summary>Every world with two classes, two properties and two names.</summary>
    public static IEnumerable<SmallWorld> All()
    {
        for (var bits = 0; bits < 1 << 14; bits++)
            yield return new SmallWorld([bits & 3, bits >> 2 & 3], [bits >> 4 & 15, bits >> 8 & 15], [bits >> 12 & 1, bits >> 13 & 1]);
    }
}

/// <summary>A statement with its triples, and in which worlds it is so.</summary>
/// <param name="Turtle">The triples.</param>
/// <param name="Holds">Whether it is so in a world.</param>
internal sealed record SmallStatement(string Turtle, Func<SmallWorld, bool> Holds)
{
    private const string Prefixes = "@prefix : <http://x/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

    /// <summary>The triples of several.</summary>
    public static IReadOnlyList<Triple> Triples(params IEnumerable<SmallStatement> statements) =>
        [.. Dataset.Parse(Prefixes + string.Concat(statements.Select(s => s.Turtle + "\n")), RdfFormat.Turtle).Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object))];

    /// <summary>A statement of a random kind.</summary>
    public static SmallStatement Random(Random random)
    {
        int p = random.Next(2), q = random.Next(2), a = random.Next(2), b = random.Next(2);
        var (c, d) = (Class(random, 1), Class(random, 1));
        bool Every(Func<int, int, bool> pair) => SmallWorld.Things.All(x => SmallWorld.Things.All(y => pair(x, y)));
        bool EveryThree(Func<int, int, int, bool> all) => SmallWorld.Things.All(x => Every((y, z) => all(x, y, z)));
        return random.Next(18) switch
        {
            0 or 1 => new($"{c.Text} rdfs:subClassOf {d.Text} .", w => SmallWorld.Things.All(x => !c.Is(w, x) || d.Is(w, x))),
            2 => new($"{c.Text} owl:disjointWith {d.Text} .", w => SmallWorld.Things.All(x => !c.Is(w, x) || !d.Is(w, x))),
            3 => new($"{c.Text} owl:equivalentClass {d.Text} .", w => SmallWorld.Things.All(x => c.Is(w, x) == d.Is(w, x))),
            4 or 5 => new($":n{a} a {c.Text} .", w => c.Is(w, w.Names[a])),
            6 or 7 => new($":n{a} :p{p} :n{b} .", w => w.Holds(p, w.Names[a], w.Names[b])),
            8 => new($":p{p} rdfs:domain {c.Text} .", w => Every((x, y) => !w.Holds(p, x, y) || c.Is(w, x))),
            9 => new($":p{p} rdfs:range {c.Text} .", w => Every((x, y) => !w.Holds(p, x, y) || c.Is(w, y))),
            10 => new($":p{p} rdfs:subPropertyOf :p{q} .", w => Every((x, y) => !w.Holds(p, x, y) || w.Holds(q, x, y))),
            11 => random.Next(2) == 0
                ? new($":p{p} a owl:TransitiveProperty .", w => EveryThree((x, y, z) => !w.Holds(p, x, y) || !w.Holds(p, y, z) || w.Holds(p, x, z)))
                : new($":p{p} owl:propertyChainAxiom (:p{p} :p{p}) .", w => EveryThree((x, y, z) => !w.Holds(p, x, y) || !w.Holds(p, y, z) || w.Holds(p, x, z))),
            12 => random.Next(2) == 0
                ? new($":p{p} a owl:SymmetricProperty .", w => Every((x, y) => !w.Holds(p, x, y) || w.Holds(p, y, x)))
                : new($":p{p} a owl:FunctionalProperty .", w => EveryThree((x, y, z) => !w.Holds(p, x, y) || !w.Holds(p, x, z) || y == z)),
            13 => random.Next(2) == 0
                ? new($":n{a} owl:sameAs :n{b} .", w => w.Names[a] == w.Names[b])
                : new($":n{a} owl:differentFrom :n{b} .", w => w.Names[a] != w.Names[b]),
            14 => random.Next(2) == 0
                ? new($":p{p} owl:propertyDisjointWith :p{q} .", w => Every((x, y) => !w.Holds(p, x, y) || !w.Holds(q, x, y)))
                : new($":p{p} owl:inverseOf :p{q} .", w => Every((x, y) => w.Holds(p, x, y) == w.Holds(q, y, x))),
            15 => random.Next(2) == 0
                ? new($"{c.Text} owl:hasKey (:p{p}) .", w => IsKey(w, c.Is, p))
                : new($"{c.Text} owl:hasKey (:p{p} [ owl:inverseOf :p{q} ]) .", w => IsKey(w, c.Is, p, q)),
            16 => new($":c{a} owl:disjointUnionOf ({c.Text} {d.Text}) .", w => SmallWorld.Things.All(x => c.Is(w, x) && d.Is(w, x) ? false : w.Is(x, a) == (c.Is(w, x) || d.Is(w, x)))),
            _ => new($"[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :n{a} ; owl:assertionProperty :p{p} ; owl:targetIndividual :n{b} .", w => !w.Holds(p, w.Names[a], w.Names[b])),
        };
    }

    /// <summary>Whether things with names differ in the values with names that they have at a property, and at another read backward.</summary>
    private static bool IsKey(SmallWorld world, Func<SmallWorld, int, bool> isInClass, int property, int? inverse = null)
    {
        var named = world.Names.Distinct().ToList();
        bool Agree(int x, int y) => named.Exists(z => world.Holds(property, x, z) && world.Holds(property, y, z))
            && (inverse is not { } q || named.Exists(z => world.Holds(q, z, x) && world.Holds(q, z, y)));
        return named.TrueForAll(x => named.TrueForAll(y => x == y || !isInClass(world, x) || !isInClass(world, y) || !Agree(x, y)));
    }

    private static (string Text, Func<SmallWorld, int, bool> Is) Class(Random random, int depth)
    {
        var name = random.Next(2);
        int p = random.Next(2), a = random.Next(2);
        if (depth == 0 || random.Next(2) == 0)
            return ($":c{name}", (w, x) => w.Is(x, name));
        var (one, other) = (Class(random, depth - 1), Class(random, depth - 1));
        return random.Next(8) switch
        {
            0 => ($"[ owl:complementOf {one.Text} ]", (w, x) => !one.Is(w, x)),
            1 => ($"[ owl:intersectionOf ({one.Text} {other.Text}) ]", (w, x) => one.Is(w, x) && other.Is(w, x)),
            2 => ($"[ owl:unionOf ({one.Text} {other.Text}) ]", (w, x) => one.Is(w, x) || other.Is(w, x)),
            3 => ($"[ owl:onProperty :p{p} ; owl:someValuesFrom {one.Text} ]", (w, x) => SmallWorld.Things.Any(y => w.Holds(p, x, y) && one.Is(w, y))),
            4 => ($"[ owl:onProperty :p{p} ; owl:allValuesFrom {one.Text} ]", (w, x) => SmallWorld.Things.All(y => !w.Holds(p, x, y) || one.Is(w, y))),
            5 => ($"[ owl:onProperty :p{p} ; owl:hasValue :n{a} ]", (w, x) => w.Holds(p, x, w.Names[a])),
            6 => ($"[ owl:oneOf (:n{a}) ]", (w, x) => x == w.Names[a]),
            _ => ($"[ owl:onProperty :p{p} ; owl:maxQualifiedCardinality 1 ; owl:onClass {one.Text} ]", (w, x) => SmallWorld.Things.Count(y => w.Holds(p, x, y) && one.Is(w, y)) <= 1),
        };
    }
}
