using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rules;
using Knowledge.Store;

namespace Conformance.Tests.Rules;

/// <summary>A graph with what a named rule set makes of it.</summary>
internal sealed class Reasoning : IDisposable
{
    private readonly QuadStore _store = QuadStore.InMemory();
    private readonly IInferredGraph _graph;
    private readonly RuleSet _rules;

    /// <summary>Runs a rule set over a graph.</summary>
    /// <param name="ruleSet">The rule set's name.</param>
    /// <param name="mode">When its rules run.</param>
    /// <param name="isGeneralized">Whether triples with literals as subjects are seen, which entailment counts and answers do not show.</param>
    /// <param name="data">The graphs that are put together.</param>
    public Reasoning(string ruleSet, RuleMode mode, bool isGeneralized, params IEnumerable<Dataset> data)
    {
        using (var transaction = ((IQuadStore)_store).BeginWrite())
        {
            foreach (var quad in data.SelectMany(d => d.Quads))
                transaction.Add(Bytes(quad.Subject), Bytes(quad.Predicate), Bytes(quad.Object), []);
            transaction.Commit();
        }

        _rules = RuleSet.Named(ruleSet);
        _graph = InferredGraph.Over(_store, _rules, mode, new ForwardOptions { ShowGeneralized = isGeneralized });
    }

    /// <summary>What the rules find to be wrong.</summary>
    public ValidityReport Validate() => _graph.Validate();

    /// <summary>Whether an ontology follows, by inference or by refutation.</summary>
    public EntailmentReport Check(Dataset conclusion, OwlSemantics semantics) =>
        OwlEntailment.Check(_store, [.. conclusion.Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object))], semantics, _rules);

    /// <summary>The graph and what follows from it.</summary>
    public IQuadSource Source => _graph;

    /// <summary>Triples that match a pattern, with null for any term.</summary>
    public IEnumerable<Triple> Find(Term? subject = null, Term? predicate = null, Term? @object = null)
    {
        using var snapshot = _graph.Snapshot();
        if (!TryId(snapshot, subject, out var s) || !TryId(snapshot, predicate, out var p) || !TryId(snapshot, @object, out var o))
            return [];
        var isByObject = s.IsNone && !o.IsNone;
        var found = new List<Triple>();
        foreach (var known in p.IsNone ? snapshot.Predicates(TermId.None).Select(c => c.Predicate) : [p])
        {
            using var cursor = snapshot.Pairs(TermId.None, known, isByObject ? PairOrder.ObjectSubject : PairOrder.SubjectObject, isByObject ? o : s);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            {
                foreach (var pair in block)
                {
                    var (subjectId, objectId) = isByObject ? (PackedPair.Second(pair), PackedPair.First(pair)) : (PackedPair.First(pair), PackedPair.Second(pair));
                    if (o.IsNone || objectId == o)
                        found.Add(new Triple(Term(snapshot, subjectId), Term(snapshot, known), Term(snapshot, objectId)));
                }
            }
        }

        return found;
    }

    /// <summary>Whether a graph follows: its blank nodes can be taken for something so that each of its triples is there.</summary>
    public bool Entails(Dataset conclusion) => Match([.. conclusion.Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object))], []);

    /// <summary>A triple of a graph that does not follow by itself, for messages.</summary>
    public string Missing(Dataset conclusion) => conclusion.Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object)).Where(t => !Match([t], [])).Select(t => t.ToString()).FirstOrDefault("only all together");

    /// <inheritdoc/>
    public void Dispose()
    {
        _graph.Dispose();
        _store.Dispose();
    }

    /// <summary>Takes the triple with the fewest answers first.</summary>
    private bool Match(List<Triple> pattern, Dictionary<BlankNode, Term> taken)
    {
        if (pattern.Count == 0)
            return true;
        var next = pattern.MinBy(t => Open(t, taken));
        var rest = pattern.Where(t => t != next).ToList();
        Term? At(Term term) => term is BlankNode node ? taken.GetValueOrDefault(node) : term;
        foreach (var triple in Find(At(next.Subject), At(next.Predicate), At(next.Object)))
        {
            var now = new Dictionary<BlankNode, Term>(taken);
            if (Take(next.Subject, triple.Subject, now) && Take(next.Object, triple.Object, now) && Match(rest, now))
                return true;
        }

        return false;
    }

    private static int Open(Triple triple, Dictionary<BlankNode, Term> taken) =>
        (triple.Subject is BlankNode s && !taken.ContainsKey(s) ? 2 : 0) + (triple.Object is BlankNode o && !taken.ContainsKey(o) ? 1 : 0);

    private static bool Take(Term pattern, Term term, Dictionary<BlankNode, Term> taken) =>
        pattern is not BlankNode node || (taken.TryGetValue(node, out var known) ? known == term : taken.TryAdd(node, term));

    private static bool TryId(IQuadSnapshot snapshot, Term? term, out TermId id)
    {
        id = default;
        return term is null || snapshot.Terms.TryFind(Bytes(term), out id);
    }

    private static Term Term(IQuadSnapshot snapshot, TermId id)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        snapshot.Terms.Write(id, buffer);
        return TermText.Parse(buffer.WrittenSpan);
    }

    private static byte[] Bytes(Term term)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        TermText.Write(term, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
