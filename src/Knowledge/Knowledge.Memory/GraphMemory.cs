using System.Globalization;
using System.Runtime.InteropServices;
using Knowledge.Rules;

namespace Knowledge.Memory;

/// <summary>What an agent remembers: who said what, when it was so, how sure it is, and what was said in so many words.</summary>
/// <remarks>
/// <para>What sources claim is kept in a graph of its own, each claim with its source, times and confidence. The default graph of the store holds what is preferred among them, with valid times,
/// so that SPARQL and rules see plain facts. It is the memory's: quads loaded into it by others are recalled too, but one that a source also claims goes when its last claim goes.</para>
/// <para>A store is one memory. Those who must not see each other's get a store each: <see cref="GraphMemories"/>.</para>
/// <para>Thread safety: all members; writers wait for each other.</para>
/// </remarks>
public sealed partial class GraphMemory : IDisposable
{
    private readonly QuadStore _store;
    private readonly IMemoryExtractor? _extractor;
    private readonly GraphMemoryOptions _options;
    private readonly Projection _projection;
    private readonly MemoryQuads _quads;
    private readonly InferredGraph? _inferred;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly Lock _indexing = new();
    private readonly IDisposable _subscription;
    private EntityIndex _entities = new();
    private TurnIndex _turns;

    /// <summary>A memory in a store.</summary>
    /// <param name="store">The store; it stays the caller's, and this must be disposed before it.</param>
    /// <param name="extractor">Finds facts in text; null to keep texts as they are.</param>
    /// <param name="options">How it works; null for the defaults. Where its schema declares nothing, the one that the memory was written with holds; another one takes its place, at the cost of a look at every claim.</param>
    /// <exception cref="RuleException">The rules cannot be run, or reach a limit.</exception>
    public GraphMemory(QuadStore store, IMemoryExtractor? extractor = null, GraphMemoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _extractor = extractor;
        options ??= new GraphMemoryOptions();
        var kept = KeptSchema(store);
        _options = options.Schema.IsEmpty && kept is not null ? options with { Schema = MemorySchema.Parse(kept) } : options;
        _projection = new Projection(_options.Schema);
        _turns = new TurnIndex(_options.Ranking, _options.Offload);
        _quads = new MemoryQuads(store, _projection);
        if (_options.Schema.ToTurtle() is var text && text != (kept ?? ""))
            Adopt(kept, text);
        _inferred = _options.Rules is { } rules ? InferredGraph.Over(_quads, rules) : null;
        _subscription = store.Subscribe(Index);
        Reindex();
    }

    /// <summary>The facts, with what follows from them by rules, for queries; asked about other times, it knows what was known then, purges considered.</summary>
    public IQuadSource Quads => _inferred ?? (IQuadSource)_quads;

    /// <summary>What is known about properties beforehand.</summary>
    public MemorySchema Schema => _options.Schema;

    /// <summary>Number of claims that are believed now.</summary>
    public long Count
    {
        get
        {
            using var snapshot = _store.Snapshot();
            var reader = new ClaimReader(snapshot);
            return reader.Count(RdfVocabulary.Type, reader.Id(MemoryVocabulary.Namespace + "Claim"));
        }
    }

    /// <summary>Number of turns.</summary>
    public int Turns
    {
        get
        {
            lock (_indexing)
                return _turns.Count;
        }
    }

    /// <summary>Ids of the sources, by name.</summary>
    public IReadOnlyList<string> Sources
    {
        get
        {
            using var snapshot = _store.Snapshot();
            var reader = new ClaimReader(snapshot);
            return [.. reader.All(MemoryVocabulary.Source).Select(s => s.Value).Distinct().Select(reader.SourceName).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What is held at a time, as it was known at a time, with the intervals in which it is so.</summary>
    /// <param name="asOf">Which times are asked about.</param>
    public IReadOnlyList<Triple> Facts(AsOf asOf = default)
    {
        using var snapshot = Quads.Snapshot(asOf);
        var reader = new ClaimReader(snapshot);
        List<Triple> facts = [];
        foreach (var counts in snapshot.Predicates(default))
        {
            using var cursor = snapshot.Pairs(default, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next().ToArray(); block.Length > 0; block = cursor.Next().ToArray())
                facts.AddRange(block.Select(p => new Triple(reader.Term(PackedPair.First(p)), reader.Term(counts.Predicate), reader.Term(PackedPair.Second(p)))));
        }

        return facts;
    }

    /// <summary>The entity of a name: one that is known by it, or the one that it would get.</summary>
    /// <param name="name">The name, in any case, with marks of letters apart or not.</param>
    /// <exception cref="ArgumentException">The name has no letter or digit.</exception>
    public Iri Entity(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = TextAnalysis.Words(name);
        if (words.Count == 0)
            throw new ArgumentException($"'{name}' has no letter or digit; an entity's name needs one.", nameof(name));
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        lock (_indexing)
        {
            var known = _entities.Find(name).Select(reader.Term).OfType<Iri>().OrderBy(i => i.Value, StringComparer.Ordinal).FirstOrDefault();
            return known ?? new Iri(MemoryVocabulary.Entities + Uri.EscapeDataString(string.Join('_', words)));
        }
    }

    /// <summary>Ends the memory; the store stays open.</summary>
    public void Dispose()
    {
        _subscription.Dispose();
        _inferred?.Dispose();
        _writer.Dispose();
    }

    private static string? KeptSchema(QuadStore store)
    {
        using var snapshot = store.Snapshot();
        var reader = new ClaimReader(snapshot);
        return reader.Text(reader.Id(MemoryVocabulary.Claims), MemoryVocabulary.Schema);
    }

    /// <summary>Keeps another schema, and chooses anew what is held of all claims: what contradicts what depends on it.</summary>
    private void Adopt(string? before, string schema)
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        var claims = reader.All(RdfVocabulary.Namespace + "predicate").Select(c => c.Subject).ToList();
        var touched = _projection.Triples(reader, claims);
        if (before is not null)
            touched.UnionWith(new Projection(MemorySchema.Parse(before)).Triples(reader, claims));
        using var transaction = _store.Begin();
        var writer = new ClaimWriter(transaction);
        var graph = new Iri(MemoryVocabulary.Claims);
        if (before is not null)
            transaction.Erase(new Quad(graph, new Iri(MemoryVocabulary.Schema), new Literal(before), graph));
        if (schema.Length > 0)
            writer.Set(writer.Graph, MemoryVocabulary.Schema, new Literal(schema));
        Projection.Apply(transaction, touched, _projection.Held(reader, claims));
        transaction.Commit();
    }

    private void Index(QuadDelta delta)
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        var labels = new Dictionary<TermId, bool>();
        lock (_indexing)
            foreach (var quad in delta.Added.Span)
                if (quad.Graph.IsNone)
                    Index(_entities, quad, reader, labels);
    }

    private static void Index(EntityIndex entities, QuadIds quad, ClaimReader reader, Dictionary<TermId, bool> labels)
    {
        if (!labels.TryGetValue(quad.Predicate, out var isLabel))
            labels[quad.Predicate] = isLabel = reader.Term(quad.Predicate) is Iri iri && EntityIndex.IsLabel(iri.Value);
        entities.Add(quad, reader.Term, isLabel);
    }

    /// <summary>Reads names and turns from the store anew, so that nothing that was forgotten stays in memory.</summary>
    private void Reindex()
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        var entities = new EntityIndex();
        var labels = new Dictionary<TermId, bool>();
        foreach (var counts in snapshot.Predicates(default))
        {
            using var cursor = snapshot.Pairs(default, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    Index(entities, new QuadIds(PackedPair.First(pair), counts.Predicate, PackedPair.Second(pair), default), reader, labels);
        }

        var turns = new TurnIndex(_options.Ranking, _options.Offload);
        var ordered = reader.All(MemoryVocabulary.Ordinal).OrderBy(t => long.Parse(((Literal)reader.Term(t.Value)).Lexical, CultureInfo.InvariantCulture));
        foreach (var (turn, embedding) in ordered.Select(t => Turn(reader, t.Subject)))
            turns.Add(turn, embedding);
        lock (_indexing)
            (_entities, _turns) = (entities, turns);
    }

    private static (RecalledTurn Turn, float[]? Embedding) Turn(ClaimReader reader, TermId turn)
    {
        var embedding = reader.Text(turn, MemoryVocabulary.Embedding) is { } base64 ? MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(base64)).ToArray() : null;
        return (new RecalledTurn(
            (Iri)reader.Term(turn),
            reader.SourceName(reader.Value(turn, MemoryVocabulary.Source)),
            reader.Text(turn, MemoryVocabulary.TurnName) ?? "",
            reader.Text(turn, MemoryVocabulary.Namespace + "session") ?? "",
            reader.Text(turn, MemoryVocabulary.Speaker),
            ClaimReader.Time(reader.Text(turn, MemoryVocabulary.At)),
            reader.Text(turn, MemoryVocabulary.Text) ?? "")
        {
            Keywords = reader.Text(turn, MemoryVocabulary.Namespace + "keywords") is { } words ? words.Split('\n') : [],
            Metadata = reader.Text(turn, MemoryVocabulary.Namespace + "metadata"),
        }, embedding);
    }
}
