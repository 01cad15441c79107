namespace Knowledge.Rules;

/// <summary>What rules prove on one snapshot: clauses, given triples, tables, and what of the answers is shown.</summary>
internal sealed class BackwardEvaluation
{
    private readonly Lock _lock = new();
    private readonly BackwardEnvironment _environment;
    private readonly TabledEvaluation _evaluation;
    private readonly SnapshotTriples _given;
    private readonly BackwardSetup _setup;

    /// <summary>Rules over a snapshot.</summary>
    /// <param name="given">The given triples, unfiltered.</param>
    /// <param name="rules">Rules, each of which is run backward, and forward rules with backward ones in their heads.</param>
    /// <param name="derived">Terms that rules made.</param>
    /// <param name="setup">Builtins, limits and the like.</param>
    public BackwardEvaluation(IQuadSnapshot given, BackwardRules rules, DerivedTerms derived, BackwardSetup setup)
    {
        (Given, _setup) = (given, setup);
        Terms = new TermView(given.Terms, derived);
        _given = new SnapshotTriples(given);
        _environment = new BackwardEnvironment(_given, Terms, setup.Now(), setup.Print);
        var compiler = new BackwardCompiler(Terms, setup.Builtins, _environment);
        var clauses = rules.Backward.Select(compiler.Compile).OfType<BackwardClause>().ToList();
        var unification = new Unification(Terms, setup.Limits.MaxTermDepth);
        foreach (var rule in rules.WithNested)
            AddNested(clauses, rule, compiler, unification);
        _evaluation = new TabledEvaluation(new BackwardProgram(clauses), _given, Terms, setup.Limits);
    }

    /// <summary>The given quads.</summary>
    public IQuadSnapshot Given { get; }

    /// <summary>The version that they have.</summary>
    public long Version => Given.Version;

    /// <summary>Terms of the snapshot and of the rules.</summary>
    public TermView Terms { get; }

    /// <summary>Triples that match a pattern, given or proved, without those that no answer shows.</summary>
    public IReadOnlyList<TripleIds> Find(TripleIds pattern)
    {
        lock (_lock)
            return [.. _evaluation.Solve(pattern).Where(t => Fits(pattern, t) && IsShown(t))];
    }

    /// <summary>Violations that the rules conclude.</summary>
    public ValidityReport Validate()
    {
        lock (_lock)
        {
            var violations = _evaluation.Solve(new TripleIds(default, Terms.Id(new Iri(ValidityReport.ViolationPredicate)), default));
            return ValidityReport.Of(violations.Select(t => (Terms.Term(t.Subject), Terms.Term(t.Object))).ToList());
        }
    }

    /// <summary>The last step of a triple's proof; null where it is given or not proved.</summary>
    public BackwardStep? StepOf(TripleIds triple)
    {
        lock (_lock)
            return _given.Match(triple).Any() || !_evaluation.Solve(triple).Any() ? null : _evaluation.StepOf(triple);
    }

    /// <summary>Triples that a step needed.</summary>
    public IReadOnlyList<TripleIds> Premises(BackwardStep step)
    {
        lock (_lock)
            return [.. _evaluation.Premises(step)];
    }

    /// <summary>Whether a triple may be shown: an RDF triple without functors and hidden nodes.</summary>
    private bool IsShown(TripleIds triple) =>
        (Terms.Kind(triple.Subject) is TermKind.Iri or TermKind.BlankNode || (_setup.Limits.ShowGeneralized && !Functor.Is(Terms.Term(triple.Subject))))
        && Terms.Kind(triple.Predicate) == TermKind.Iri
        && (Terms.Kind(triple.Object) != TermKind.Literal || !Functor.Is(Terms.Term(triple.Object)))
        && !_environment.Hidden.Overlaps([triple.Subject, triple.Predicate, triple.Object]);

    private static bool Fits(TripleIds pattern, TripleIds triple) =>
        (pattern.Subject.IsNone || pattern.Subject == triple.Subject) && (pattern.Predicate.IsNone || pattern.Predicate == triple.Predicate) && (pattern.Object.IsNone || pattern.Object == triple.Object);

    /// <summary>Adds what stands in a forward rule's head, once for each way in which its body holds.</summary>
    private void AddNested(List<BackwardClause> clauses, Rule rule, BackwardCompiler compiler, Unification unification)
    {
        var around = compiler.Goals(rule, rule.Body);
        foreach (var bindings in BodyMatches.Find(around, rule, _given, unification))
            foreach (var nested in rule.Head.OfType<NestedRule>())
                if (compiler.Compile(nested.Rule, bindings, around) is { } clause)
                    clauses.Add(clause);
    }
}

/// <summary>Rules by what the backward engine does with them.</summary>
/// <param name="Backward">Run backward.</param>
/// <param name="WithNested">Forward rules with backward ones in their heads.</param>
internal sealed record BackwardRules(IReadOnlyList<Rule> Backward, IReadOnlyList<Rule> WithNested)
{
    /// <summary>Every rule, run backward.</summary>
    public static BackwardRules All(RuleSet rules) => new(rules.Rules, []);

    /// <summary>The part of a mixed rule set that is run backward.</summary>
    public static BackwardRules Of(RuleSet rules) =>
        new([.. rules.Rules.Where(r => r.Direction == RuleDirection.Backward)], [.. rules.Rules.Where(r => r.Direction == RuleDirection.Forward && r.Head.Any(c => c is NestedRule))]);
}

/// <summary>What a backward evaluation is given beside rules and facts.</summary>
/// <param name="Builtins">Builtins that rules may call.</param>
/// <param name="Limits">Limits.</param>
/// <param name="Now">The time that <c>now</c> tells.</param>
/// <param name="Print">Takes what <c>print</c> writes; null to drop it.</param>
internal sealed record BackwardSetup(BuiltinRegistry Builtins, BackwardOptions Limits, Func<DateTimeOffset> Now, Action<string>? Print);
