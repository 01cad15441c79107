using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Proofs of inferred facts, found when they are asked for: a match of a rule whose premises all have lower ranks is searched, then one for each premise.</summary>
/// <param name="world">The closure.</param>
internal sealed class ProofSearch(RuleWorld world) : IFactFilter
{
    private readonly Matching _matching = new(world.Facts, world.Environment);
    private uint _below;

    /// <summary>The steps that prove some triples, down to what is given. Triples that are not in the closure are left out.</summary>
    /// <exception cref="InvalidOperationException">No rule concludes one: ranks and facts do not agree.</exception>
    public ProofSteps Explain(IEnumerable<TripleIds> triples)
    {
        var steps = new ProofSteps(Triple);
        foreach (var triple in triples)
            if (world.Facts.Contains(triple.Subject.Value, triple.Predicate.Value, triple.Object.Value))
                Explain(triple, steps);
        return steps;
    }

    private void Explain(TripleIds triple, ProofSteps steps)
    {
        var open = new Stack<(TripleIds Triple, (CompiledRule Rule, uint[] Bindings, Fact[] Premises)? Match)>([(triple, null)]);
        while (open.TryPop(out var next))
        {
            if (steps.Contains(next.Triple))
                continue;
            if (next.Match is { } match)
            {
                var bindings = match.Rule.Bindings(match.Bindings, world.Environment.Term).ToImmutableSortedDictionary(StringComparer.Ordinal);
                steps.Add(next.Triple, match.Rule.Rule, bindings, [.. match.Premises.Select(Ids)]);
                continue;
            }

            var fact = new Fact(next.Triple.Predicate.Value, PackedPair.Of(next.Triple.Subject, next.Triple.Object));
            if (world.Given.Contains(fact))
            {
                steps.AddGiven(next.Triple);
                continue;
            }

            var found = Find(fact) ?? throw new InvalidOperationException($"No rule concludes {Triple(next.Triple)} from facts that came before it.");
            open.Push((next.Triple, found));
            foreach (var premise in found.Premises)
                open.Push((Ids(premise), null));
        }
    }

    /// <summary>A match of a rule that concludes a fact from facts of lower rank, or from any where no ranks are kept; null where there is none.</summary>
    public (CompiledRule Rule, uint[] Bindings, Fact[] Premises)? Find(Fact fact)
    {
        _below = world.Ranks.IsKept ? world.Ranks.Of(fact.Predicate, fact.Pair) : uint.MaxValue;
        _matching.Filter = this;
        foreach (var (rule, head, plan) in world.Index.Heads(fact.Predicate))
            if (HeadMatch.Find(_matching, world.Environment, (rule, head, plan), fact) is { } bindings)
                return (rule, bindings, [.. rule.Atoms.Select(a => new Fact(a.Predicate.Under(bindings), FactColumns.Pair(a.Subject.Under(bindings), a.Object.Under(bindings))))]);
        return null;
    }

    /// <inheritdoc/>
    bool IFactFilter.Accepts(uint subject, uint predicate, uint @object)
    {
        var fact = new Fact(predicate, FactColumns.Pair(subject, @object));
        return world.Given.Contains(fact) || world.Ranks.Of(predicate, fact.Pair) < _below;
    }

    private static TripleIds Ids(Fact fact) => new(new TermId(fact.Subject), new TermId(fact.Predicate), new TermId(fact.Object));

    private Triple Triple(TripleIds ids) => new(world.Environment.Term(ids.Subject), world.Environment.Term(ids.Predicate), world.Environment.Term(ids.Object));
}
