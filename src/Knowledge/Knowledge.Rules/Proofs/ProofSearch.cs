using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Proofs of inferred facts, found when they are asked for: a match of a rule whose premises all have lower ranks is searched, then one for each premise.</summary>
/// <param name="world">The closure.</param>
internal sealed class ProofSearch(RuleWorld world) : IFactFilter
{
    private readonly Matching _matching = new(world.Facts, world.Environment);
    private readonly Dictionary<Fact, Proof> _proofs = [];
    private uint _below;

    /// <summary>The proof of a fact that is in the closure.</summary>
    /// <exception cref="InvalidOperationException">No rule concludes it: ranks and facts do not agree.</exception>
    public Proof Explain(Fact fact)
    {
        var open = new Stack<(Fact Fact, (CompiledRule Rule, uint[] Bindings, Fact[] Premises)? Match)>([(fact, null)]);
        while (open.TryPop(out var next))
        {
            if (_proofs.ContainsKey(next.Fact))
                continue;
            if (next.Match is { } match)
            {
                var bindings = match.Rule.Bindings(match.Bindings, world.Environment.Term).ToImmutableSortedDictionary(StringComparer.Ordinal);
                _proofs[next.Fact] = new Proof(Triple(next.Fact), match.Rule.Rule, bindings, [.. match.Premises.Select(p => _proofs[p])]);
                continue;
            }

            if (world.Given.Contains(next.Fact))
            {
                _proofs[next.Fact] = Proof.Given(Triple(next.Fact));
                continue;
            }

            var found = Find(next.Fact) ?? throw new InvalidOperationException($"No rule concludes {Triple(next.Fact)} from facts that came before it.");
            open.Push((next.Fact, found));
            foreach (var premise in found.Premises)
                open.Push((premise, null));
        }

        return _proofs[fact];
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

    private Triple Triple(Fact fact) => new(world.Environment.Term(new TermId(fact.Subject)), world.Environment.Term(new TermId(fact.Predicate)), world.Environment.Term(new TermId(fact.Object)));
}
