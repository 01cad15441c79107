namespace Knowledge.Rules;

/// <summary>Proofs of what backward rules prove: the steps that the tables hold, down to triples that are given.</summary>
internal static class BackwardProofs
{
    /// <summary>The steps that prove some triples. Those that do not hold are left out.</summary>
    /// <param name="evaluation">The tables.</param>
    /// <param name="triples">The triples.</param>
    public static ProofSteps Explain(BackwardEvaluation evaluation, IEnumerable<TripleIds> triples)
    {
        var steps = new ProofSteps(evaluation.Triple);
        foreach (var triple in triples)
            Explain(evaluation, triple, steps);
        return steps;
    }

    private static void Explain(BackwardEvaluation evaluation, TripleIds triple, ProofSteps steps)
    {
        var open = new Stack<(TripleIds Triple, BackwardStep? Step, IReadOnlyList<TripleIds> Premises)>([(triple, null, [])]);
        while (open.TryPop(out var next))
        {
            if (steps.Contains(next.Triple))
                continue;
            if (next.Step is { } done)
            {
                steps.Add(next.Triple, done.Clause.Rule, evaluation.Bindings(done), next.Premises);
                continue;
            }

            if (evaluation.StepOf(next.Triple, out var premises, out var isGiven) is not { } step)
            {
                if (!isGiven)
                    return; // it does not hold, or it holds for every term and has no proof of its own; then what was asked for has none
                steps.AddGiven(next.Triple);
                continue;
            }

            open.Push((next.Triple, step, premises));
            foreach (var premise in premises)
                open.Push((premise, null, []));
        }
    }
}
