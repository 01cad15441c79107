using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>What the transactions of a life under rules are: each adds and takes away a few facts, by its number alone; and what follows, worked out without the engine.</summary>
internal sealed class RuledLife
{
    private const int Nodes = 40;
    private const int Candidates = 110;
    private const int MostChanges = 6;

    private static readonly Dictionary<string, string> s_prefixes = new() { [""] = "urn:x:" };
    private static readonly Triple[] s_candidates = Drawn();

    private readonly HashSet<Triple> _given = [];

    /// <summary>Rules whose facts support each other in circles. Most of them ask the builtin <c>step</c> whether they may go on.</summary>
    public static RuleSet Rules { get; } = RuleSet.Parse("""
        [chain: (?a :part ?b) (?b :part ?c) step(?a) -> (?a :part ?c)]
        [turn:  (?a :part ?b) -> (?b :whole ?a)]
        [back:  (?a :whole ?b) step(?a) -> (?b :part ?a)]
        [touch: (?a :part ?b) (?b :kind ?k) step(?b) -> (?a :touches ?k)]
        """, s_prefixes);

    /// <summary>Number of the last transaction that was done.</summary>
    public int Done { get; private set; }

    /// <summary>Facts that are given now.</summary>
    public IReadOnlyCollection<Triple> Given => [.. _given, Counting];

    /// <summary>Given facts with all that follows.</summary>
    public HashSet<Triple> Closure => Closed(_given, Counting);

    private Triple Counting => new(Life.Count(Done).Subject, Life.Count(Done).Predicate, Life.Count(Done).Object);

    /// <summary>Does the next transaction.</summary>
    /// <param name="store">Where; null where only this is to know of it.</param>
    public void Next(QuadStore? store)
    {
        var k = Done + 1;
        var random = new Random(k);
        var changes = Enumerable.Range(0, 1 + random.Next(MostChanges)).Select(_ => s_candidates[random.Next(s_candidates.Length)]).Distinct().ToList();
        using (var transaction = store?.Begin())
        {
            foreach (var fact in changes)
            {
                if (_given.Remove(fact))
                {
                    transaction?.Retract(fact);
                    continue;
                }

                _given.Add(fact);
                transaction?.Add(fact);
            }

            if (k > 1)
                transaction?.Retract(Life.Count(k - 1));
            transaction?.Add(Life.Count(k));
            transaction?.Commit();
        }

        Done = k;
        if (k % 50 == 0)
            store?.Compact();
    }

    /// <summary>A number for a set of facts, whatever their order.</summary>
    public static string Digest(IEnumerable<Triple> facts)
    {
        var (count, sum) = (0, 0UL);
        foreach (var fact in facts)
        {
            var hash = 14695981039346656037UL; // FNV-1a
            foreach (var letter in fact.ToString())
                hash = (hash ^ letter) * 1099511628211UL;
            (count, sum) = (count + 1, sum + hash);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{count}:{sum:x16}");
    }

    /// <summary>The default graph of a source.</summary>
    public static HashSet<Triple> Triples(IQuadSource source)
    {
        using var snapshot = source.Snapshot();
        var triples = new HashSet<Triple>();
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        foreach (var counts in snapshot.Predicates(TermId.None))
        {
            using var cursor = snapshot.Pairs(TermId.None, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    triples.Add(new Triple(Term(PackedPair.First(pair)), Term(counts.Predicate), Term(PackedPair.Second(pair))));
        }

        return triples;

        Term Term(TermId id)
        {
            text.ResetWrittenCount();
            snapshot.Terms.Write(id, text);
            return TermText.Parse(text.WrittenSpan);
        }
    }

    /// <summary>Warshall's closure of the parts; the rest is read off it.</summary>
    private static HashSet<Triple> Closed(HashSet<Triple> given, Triple counting)
    {
        var reaches = new bool[Nodes, Nodes];
        foreach (var fact in given)
        {
            if (fact.Predicate == Named("part"))
                reaches[Number(fact.Subject), Number(fact.Object)] = true;
            else if (fact.Predicate == Named("whole"))
                reaches[Number(fact.Object), Number(fact.Subject)] = true;
        }

        for (var via = 0; via < Nodes; via++)
            for (var a = 0; a < Nodes; a++)
                for (var b = 0; b < Nodes && reaches[a, via]; b++)
                    reaches[a, b] |= reaches[via, b];
        HashSet<Triple> closed = [.. given, counting];
        for (var a = 0; a < Nodes; a++)
        {
            for (var b = 0; b < Nodes; b++)
            {
                if (!reaches[a, b])
                    continue;
                closed.Add(new Triple(Node(a), Named("part"), Node(b)));
                closed.Add(new Triple(Node(b), Named("whole"), Node(a)));
                foreach (var kind in given.Where(f => f.Predicate == Named("kind") && Number(f.Subject) == b))
                    closed.Add(new Triple(Node(a), Named("touches"), kind.Object));
            }
        }

        return closed;
    }

    private static Triple[] Drawn()
    {
        var random = new Random(40);
        return [.. Enumerable.Range(0, Candidates).Select(i => (i % 10) switch
        {
            0 => new Triple(Node(random.Next(Nodes)), Named("kind"), Named($"kind{random.Next(4)}")),
            1 or 2 => new Triple(Node(random.Next(Nodes)), Named("whole"), Node(random.Next(Nodes))),
            _ => new Triple(Node(random.Next(Nodes)), Named("part"), Node(random.Next(Nodes))),
        }).Distinct()];
    }

    private static Iri Node(int number) => Named(string.Create(CultureInfo.InvariantCulture, $"{number}"));

    private static Iri Named(string name) => new(s_prefixes[""] + name);

    private static int Number(Term node) => int.Parse(((Iri)node).Value.AsSpan(s_prefixes[""].Length), CultureInfo.InvariantCulture);
}
