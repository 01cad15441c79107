using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>What is known, inferred by rules that read no keys, for statements about things that need not have a name; what keys say of things with names stands beside it.</summary>
/// <remarks>
/// <para>A rule reads keys where its body names <c>owl:hasKey</c> as a predicate.</para>
/// <para>Source: OWL 2 Direct Semantics, section 2.3.5: a key is of things in NAMED (section 2.2). Cost: with keys in the premise everything is inferred once more.</para>
/// </remarks>
internal sealed class KeylessInference : IDisposable
{
    private readonly Lazy<InferredGraph> _graph;

    private KeylessInference(InferredGraph inferred, ImmutableArray<Triple> same, Func<RuleSet, InferredGraph> over)
    {
        Same = same;
        _graph = new Lazy<InferredGraph>(() => over(new RuleSet(inferred.Rules.Rules.Where(r => !ReadsKeys(r)), inferred.Rules.Prefixes)));
    }

    /// <summary>What follows from the premise without keys.</summary>
    public InferredGraph Graph => _graph.Value;

    /// <summary>Names that are known to name one thing, by keys or otherwise.</summary>
    public ImmutableArray<Triple> Same { get; }

    /// <summary>For a premise as it is now; null where it has no keys.</summary>
    /// <param name="inferred">What follows from the premise.</param>
    /// <param name="over">Infers from the premise with other rules.</param>
    public static KeylessInference? Of(InferredGraph inferred, Func<RuleSet, InferredGraph> over)
    {
        using var match = new GraphMatch(inferred.Snapshot());
        var (one, other) = (new BlankNode("one"), new BlankNode("other"));
        if (!match.Find([new Triple(one, OwlVocabulary.HasKey, other)]).Any())
            return null;
        var same = match.Find([new Triple(one, OwlVocabulary.SameAs, other)]).Where(w => w[one] is Iri && w[other] is Iri && w[one] != w[other]);
        return new KeylessInference(inferred, [.. same.Select(w => new Triple(w[one], OwlVocabulary.SameAs, w[other]))], over);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_graph.IsValueCreated)
            _graph.Value.Dispose();
    }

    private static bool ReadsKeys(Rule rule) => rule.Body.Any(Names);

    private static bool Names(RuleClause clause) => clause switch
    {
        TripleClause triple => triple.Predicate is TermNode { Term: var predicate } && predicate == OwlVocabulary.HasKey,
        NegationClause negation => negation.Clauses.Any(Names),
        AggregateClause aggregate => aggregate.Clauses.Any(Names),
        _ => false,
    };
}
