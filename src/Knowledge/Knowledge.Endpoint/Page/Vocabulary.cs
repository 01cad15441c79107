using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Endpoint;

/// <summary>What a query can be made of: prefixes, predicates and classes, the most frequent first.</summary>
/// <param name="Prefixes">IRIs by prefix.</param>
/// <param name="Predicates">Predicates with their triples.</param>
/// <param name="Classes">Classes with their members.</param>
/// <param name="Quads">Number of quads.</param>
internal sealed record Vocabulary(IReadOnlyDictionary<string, string> Prefixes, IReadOnlyList<Vocabulary.Use> Predicates, IReadOnlyList<Vocabulary.Use> Classes, long Quads)
{
    private const int MaxTerms = 500;

    // Completion needs no more, and named graphs may be many.
    private const int MaxGraphs = 16;

    /// <summary>A term and how often it is used.</summary>
    /// <param name="Iri">The term.</param>
    /// <param name="Count">How often.</param>
    internal sealed record Use(string Iri, long Count);

    /// <summary>What a store has now.</summary>
    public static Vocabulary Of(IQuadStore store)
    {
        using var snapshot = store.Snapshot();
        var (predicates, classes) = (new Dictionary<TermId, long>(), new Dictionary<TermId, long>());
        snapshot.Terms.TryFind(Encoding.ASCII.GetBytes($"<{RdfVocabulary.Type}>"), out var type);
        var quads = 0L;
        foreach (var graph in snapshot.Graphs.Take(MaxGraphs).Prepend(TermId.None))
        {
            foreach (var counts in snapshot.Predicates(graph))
            {
                predicates[counts.Predicate] = predicates.GetValueOrDefault(counts.Predicate) + counts.Triples;
                quads += counts.Triples;
            }

            if (!type.IsNone)
                AddClasses(snapshot, graph, type, classes);
        }

        return new Vocabulary(store.Prefixes, Most(snapshot.Terms, predicates), Most(snapshot.Terms, classes), quads);
    }

    // From class to class by seeking; how many members one has is known without reading them.
    private static void AddClasses(IQuadSnapshot snapshot, TermId graph, TermId type, Dictionary<TermId, long> classes)
    {
        using var pairs = snapshot.Pairs(graph, type, PairOrder.ObjectSubject);
        for (var block = pairs.Next(); !block.IsEmpty; block = pairs.Next())
        {
            var found = PackedPair.First(block[0]);
            classes[found] = classes.GetValueOrDefault(found) + snapshot.Count(new QuadIds(TermId.None, type, found, graph));
            if (found.Value == uint.MaxValue)
                return;
            pairs.Seek(PackedPair.Of(new TermId(found.Value + 1), TermId.None));
        }
    }

    private static List<Use> Most(ITermDictionary terms, Dictionary<TermId, long> counts)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        List<Use> uses = [];
        foreach (var (id, count) in counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Where(c => terms.Kind(c.Key) == TermKind.Iri).Take(MaxTerms))
        {
            text.ResetWrittenCount();
            terms.Write(id, text);
            uses.Add(new Use(Encoding.UTF8.GetString(text.WrittenSpan[1..^1]), count));
        }

        return uses;
    }
}
