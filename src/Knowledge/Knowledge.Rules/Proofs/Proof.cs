using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Why a fact holds: it is given, or a rule concludes it from premises that have proofs.</summary>
/// <remarks>A premise that is needed twice is one object; so a proof is as large as the facts in it, however often they are used.</remarks>
/// <param name="Conclusion">What is proved.</param>
/// <param name="Rule">The rule that concludes it; null where it is given.</param>
/// <param name="Bindings">Variables of the rule with their values.</param>
/// <param name="Premises">Proofs of the triples that the rule's body matched, in its order.</param>
public sealed record Proof(Triple Conclusion, Rule? Rule, ImmutableSortedDictionary<string, Term> Bindings, ImmutableArray<Proof> Premises)
{
    /// <summary>Prefixes that shorten IRIs in texts.</summary>
    public IReadOnlyDictionary<string, string> Prefixes { get; init; } = RulePrefixes.BuiltIn;

    /// <summary>A given fact.</summary>
    /// <param name="fact">The fact.</param>
    public static Proof Given(Triple fact) => new(fact, null, ImmutableSortedDictionary<string, Term>.Empty, []);

    /// <summary>All facts of the proof, premises before what they prove, each once.</summary>
    public IEnumerable<Proof> Nodes()
    {
        var seen = new HashSet<Proof>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(Proof Node, bool IsDone)>([(this, false)]);
        while (open.TryPop(out var next))
        {
            if (next.IsDone)
            {
                yield return next.Node;
                continue;
            }

            if (!seen.Add(next.Node))
                continue;
            open.Push((next.Node, true));
            foreach (var premise in next.Node.Premises.Reverse())
                open.Push((premise, false));
        }
    }

    /// <summary>The proof as a tree: a line for each fact, indented under what it proves, with the rule or the word <c>given</c> behind it.</summary>
    public override string ToString() => ProofText.Tree(this);

    /// <summary>The proof in the layout of Jena's <c>printTrace</c>.</summary>
    public string ToTrace() => ProofText.Trace(this);
}
