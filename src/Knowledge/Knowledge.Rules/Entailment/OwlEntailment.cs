using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>What an OWL 2 ontology means.</summary>
public enum OwlSemantics
{
    /// <summary>The meaning of the Direct Semantics: of names that are individuals, classes or properties, without declarations and annotations, and of every class that can be written.</summary>
    Direct,

    /// <summary>The meaning of the RDF-Based Semantics: of triples, all of them; a class without a name is there where some triple says so.</summary>
    RdfBased,
}

/// <summary>Whether an OWL 2 ontology follows from another, as far as rules can tell.</summary>
/// <remarks>
/// <para>Under the RDF-Based Semantics the conclusion's triples are to be inferred, its blank nodes standing for something that is. Under the Direct Semantics each statement of the conclusion is
/// either inferred, or it is taken to be false: what would have to be so then is put beside what is known, and where the rules find a contradiction each time, the statement follows. So does a
/// tableau reasoner answer (Baader et al., The Description Logic Handbook, 2.3), with rules in the tableau's place: sound, as the rules are, and complete where they are.</para>
/// <para>Under the Direct Semantics blank nodes that stand for individuals may be anything that makes their statements true; those of classes, lists and axioms are what they are written as, whether
/// or not the premise writes them too. Declarations and annotations always follow. A name that stands for a class or property and for an individual counts as one thing, as in the other.</para>
/// <para>Keys are of things with names under the Direct Semantics, of all things under the other. So rules that read keys do not count where a statement is taken to be false at things that need not
/// have a name; what they conclude of the premise does. They take the premise's own individuals without names for named ones, as the rules of OWL 2 RL do.</para>
/// </remarks>
public static class OwlEntailment
{
    private const int MaxBindings = 1_000;

    /// <summary>Asks whether a conclusion follows.</summary>
    /// <param name="premise">What is known: a branch of a store, or a store of its own. What would make a statement false is committed to it and taken away again, so nobody else should use
    /// it meanwhile.</param>
    /// <param name="conclusion">The conclusion. Names that begin with <c>urn:x-hub:fresh:</c> must not occur in it or in the premise.</param>
    /// <param name="semantics">What the two mean.</param>
    /// <param name="rules">Rules that say <c>rb:violation</c> where they find a contradiction; null for <c>owl2rl-extended</c>.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <returns>Each statement with its ground.</returns>
    /// <exception cref="RuleException">A rule cannot be run, or a limit was reached.</exception>
    public static EntailmentReport Check(
        IQuadStore premise, IReadOnlyCollection<Triple> conclusion, OwlSemantics semantics = OwlSemantics.Direct, RuleSet? rules = null, ForwardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(premise);
        ArgumentNullException.ThrowIfNull(conclusion);
        var graph = new ConclusionGraph(conclusion, semantics);
        InferredGraph Over(RuleSet set) => InferredGraph.Over(premise, set, (options ?? new ForwardOptions()) with { ShowGeneralized = true });
        using var inferred = Over(rules ?? RuleSet.Named("owl2rl-extended"));
        if (!inferred.Validate().IsValid)
            return new EntailmentReport([.. graph.Statements.Select(s => new EntailedStatement(s, EntailmentGround.Inconsistent, []))]);
        using var keyless = KeylessInference.Of(inferred, Over);
        var check = new Conclusion(premise, inferred, graph, semantics, keyless);
        return new EntailmentReport([.. Groups(graph).SelectMany(check.Of)]);
    }

    /// <summary>Statements, each alone, but those together that speak of the same individuals without names.</summary>
    private static IEnumerable<ImmutableArray<Triple>> Groups(ConclusionGraph graph)
    {
        var open = graph.Statements.ToList();
        while (open.Count > 0)
        {
            List<Triple> group = [open[0]];
            open.RemoveAt(0);
            for (var i = 0; i < group.Count; i++)
            {
                var nodes = Anonymous(graph, group[i]).ToHashSet();
                var near = open.Where(t => Anonymous(graph, t).Any(nodes.Contains)).ToList();
                group.AddRange(near);
                open.RemoveAll(near.Contains);
            }

            yield return [.. group];
        }
    }

    private static IEnumerable<Term> Anonymous(ConclusionGraph graph, Triple statement) => new[] { statement.Subject, statement.Object }.Where(graph.IsAnonymous);

    /// <summary>One conclusion over one premise.</summary>
    private sealed class Conclusion(IQuadStore premise, InferredGraph inferred, ConclusionGraph graph, OwlSemantics semantics, KeylessInference? keyless)
    {
        private readonly Counterexamples _counterexamples = new(graph);

        public IEnumerable<EntailedStatement> Of(ImmutableArray<Triple> group)
        {
            if (group.Length == 1 && !Anonymous(graph, group[0]).Any())
                return [Of(group[0])];
            List<Triple> plain = [.. group.Where(t => !graph.IsStructure(t.Object) && !IsWithoutMeaning(t))];
            List<Triple> others = [.. group.Where(t => graph.IsStructure(t.Object))];
            foreach (var way in Ways(plain))
            {
                var rest = others.ConvertAll(t => Of(new Triple(Under(way, t.Subject), t.Predicate, Under(way, t.Object))));
                if (rest.TrueForAll(s => s.IsEntailed))
                    return [.. plain.Select(t => new EntailedStatement(t, EntailmentGround.Inferred, [])), .. rest];
            }

            return group.Select(t => new EntailedStatement(t, IsWithoutMeaning(t) ? EntailmentGround.WithoutMeaning : EntailmentGround.NotShown, []));
        }

        private EntailedStatement Of(Triple statement)
        {
            if (IsWithoutMeaning(statement))
                return new EntailedStatement(statement, EntailmentGround.WithoutMeaning, []);
            if (!graph.IsStructure(statement.Subject) && !graph.IsStructure(statement.Object) && Ways([statement]).Count > 0)
                return new EntailedStatement(statement, EntailmentGround.Inferred, []);
            var violations = ImmutableArray.CreateBuilder<Violation>();
            if (semantics == OwlSemantics.RdfBased || _counterexamples.Of(statement) is not { } counterexamples)
                return new EntailedStatement(statement, EntailmentGround.NotShown, []);
            foreach (var counterexample in counterexamples)
            {
                if (Contradiction(counterexample) is not { } violation)
                    return new EntailedStatement(statement, EntailmentGround.NotShown, []);
                violations.Add(violation);
            }

            return new EntailedStatement(statement, EntailmentGround.Refuted, violations.ToImmutable());
        }

        private bool IsWithoutMeaning(Triple statement) => graph.IsWithoutMeaning(statement)
            || (semantics == OwlSemantics.Direct && Ways([new Triple(statement.Predicate, OwlVocabulary.Type, OwlVocabulary.Of("AnnotationProperty"))]).Count > 0);

        private List<IReadOnlyDictionary<BlankNode, Term>> Ways(List<Triple> triples)
        {
            using var match = new GraphMatch(inferred.Snapshot());
            return [.. match.Find(triples).Take(MaxBindings)];
        }

        private static Term Under(IReadOnlyDictionary<BlankNode, Term> way, Term term) => term is BlankNode node && way.TryGetValue(node, out var value) ? value : term;

        /// <summary>An error that a counterexample makes beside what is known; null where there is none.</summary>
        private Violation? Contradiction(ImmutableArray<Triple> counterexample)
        {
            var isKeyless = keyless is not null && Counterexamples.MayBeUnnamed(counterexample);
            var graph = isKeyless ? keyless!.Graph : inferred;
            using var before = premise.Snapshot();
            var added = counterexample.Concat(isKeyless ? keyless!.Same : []).Distinct().Where(t => !Contains(before, t)).ToList();
            Change(added, isAdded: true);
            try
            {
                return graph.Validate().Violations.FirstOrDefault(v => v.IsError);
            }
            finally
            {
                Change(added, isAdded: false);
            }
        }

        private void Change(List<Triple> triples, bool isAdded)
        {
            using var transaction = premise.BeginWrite();
            foreach (var triple in triples)
            {
                var (s, p, o) = (Text(triple.Subject), Text(triple.Predicate), Text(triple.Object));
                if (isAdded)
                    transaction.Add(s, p, o, []);
                else
                    transaction.Remove(s, p, o, []);
            }

            transaction.Commit();
        }

        private static bool Contains(IQuadSnapshot snapshot, Triple triple) =>
            snapshot.Terms.TryFind(Text(triple.Subject), out var s) && snapshot.Terms.TryFind(Text(triple.Predicate), out var p) && snapshot.Terms.TryFind(Text(triple.Object), out var o)
            && snapshot.Contains(new QuadIds(s, p, o, TermId.None));

        private static byte[] Text(Term term)
        {
            var text = new System.Buffers.ArrayBufferWriter<byte>(64);
            TermText.Write(term, text);
            return text.WrittenSpan.ToArray();
        }
    }
}
