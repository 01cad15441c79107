namespace Knowledge.Rules;

/// <summary>Proofs of what backward rules prove: the steps that the tables hold, down to triples that are given or that forward rules conclude.</summary>
/// <param name="evaluation">The tables.</param>
/// <param name="forward">The graph of the forward rules, which proves what is given here; null where that is given.</param>
internal sealed class BackwardProofs(BackwardEvaluation evaluation, InferredGraph? forward)
{
    private readonly Dictionary<TripleIds, Proof> _proofs = [];

    /// <summary>The proof of a triple; null where it does not hold.</summary>
    public Proof? Explain(Triple triple)
    {
        var asked = evaluation.Ids(triple);
        var open = new Stack<(TripleIds Triple, BackwardStep? Step, IReadOnlyList<TripleIds> Premises)>([(asked, null, [])]);
        while (open.TryPop(out var next))
        {
            if (_proofs.ContainsKey(next.Triple))
                continue;
            if (next.Step is { } done)
            {
                _proofs[next.Triple] = new Proof(evaluation.Triple(next.Triple), done.Clause.Rule, evaluation.Bindings(done), [.. next.Premises.Select(p => _proofs[p])]);
                continue;
            }

            if (evaluation.StepOf(next.Triple, out var premises, out var isGiven) is not { } step)
            {
                if (!isGiven)
                    return null;
                var conclusion = evaluation.Triple(next.Triple);
                _proofs[next.Triple] = forward?.Explain(conclusion) ?? Proof.Given(conclusion);
                continue;
            }

            open.Push((next.Triple, step, premises));
            foreach (var premise in premises)
                open.Push((premise, null, []));
        }

        return _proofs[asked];
    }
}
