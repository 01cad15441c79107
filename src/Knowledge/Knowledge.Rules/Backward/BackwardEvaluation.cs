using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>What rules prove on one snapshot: clauses, given triples, tables, and what of the answers is shown.</summary>
internal sealed class BackwardEvaluation
{
    private readonly Lock _lock = new();
    private readonly BackwardEnvironment _environment;
    private readonly TabledEvaluation _evaluation;
    private readonly ITripleSource _given;
    private readonly BackwardSetup _setup;

    /// <summary>Rules over a snapshot.</summary>
    /// <param name="given">The given triples, unfiltered.</param>
    /// <param name="rules">Rules, each of which is run backward, and forward rules with backward ones in their heads.</param>
    /// <param name="derived">Terms that rules made.</param>
    /// <param name="setup">Builtins, limits and the like.</param>
    /// <param name="hidden">Nodes that forward rules hide; null for none.</param>
    /// <param name="also">A triple that is given beside them; null for none.</param>
    public BackwardEvaluation(IQuadSnapshot given, BackwardRules rules, DerivedTerms derived, BackwardSetup setup, IReadOnlySet<uint>? hidden = null, Triple? also = null)
    {
        (Given, _setup) = (given, setup);
        Terms = new TermView(given.Terms, derived);
        _given = new SnapshotTriples(given);
        if (also is { } triple)
            _given = new OneMore(_given, Ids(triple));
        _environment = new BackwardEnvironment(_given, Terms, setup.Now(), setup.Print);
        foreach (var node in hidden ?? new HashSet<uint>())
            _environment.Hidden.Add(new TermId(node));
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
    /// <param name="triple">The triple.</param>
    /// <param name="premises">Triples that the step needed.</param>
    /// <param name="isGiven">Whether it is given.</param>
    public BackwardStep? StepOf(TripleIds triple, out IReadOnlyList<TripleIds> premises, out bool isGiven)
    {
        lock (_lock)
        {
            premises = [];
            isGiven = _given.Match(triple).Any();
            if (isGiven || !_evaluation.Solve(triple).Contains(triple) || _evaluation.StepOf(triple) is not { } step)
                return null;
            premises = [.. _evaluation.Premises(step)];
            return step;
        }
    }

    /// <summary>A step's variables with their values.</summary>
    public ImmutableSortedDictionary<string, Term> Bindings(BackwardStep step)
    {
        lock (_lock)
        {
            return step.Clause.Rule.Variables.Select((name, i) => (name, id: step.Bindings[i])).Where(v => !v.id.IsNone)
                .ToImmutableSortedDictionary(v => v.name, v => Terms.Term(v.id), StringComparer.Ordinal);
        }
    }

    /// <summary>A triple as ids.</summary>
    public TripleIds Ids(Triple triple)
    {
        lock (_lock)
            return new TripleIds(Terms.Id(triple.Subject), Terms.Id(triple.Predicate), Terms.Id(triple.Object));
    }

    /// <summary>A triple of ids.</summary>
    public Triple Triple(TripleIds ids)
    {
        lock (_lock)
            return new Triple(Terms.Term(ids.Subject), Terms.Term(ids.Predicate), Terms.Term(ids.Object));
    }

    /// <summary>Whether a triple is given.</summary>
    public bool IsGiven(TripleIds triple) => _given.Match(triple).Any();

    /// <summary>Whether a triple may be shown: an RDF triple without functors and hidden nodes.</summary>
    private bool IsShown(TripleIds triple) =>
        (Terms.Kind(triple.Subject) is TermKind.Iri or TermKind.BlankNode || (_setup.Limits.ShowGeneralized && !Functor.Is(Terms.Term(triple.Subject))))
        && Terms.Kind(triple.Predicate) == TermKind.Iri
        && (Terms.Kind(triple.Object) != TermKind.Literal || !Functor.Is(Terms.Term(triple.Object)))
        && !_environment.Hidden.Overlaps([triple.Subject, triple.Predicate, triple.Object]);

    private static bool Fits(TripleIds pattern, TripleIds triple) =>
        Fits(pattern.Subject, triple.Subject) && Fits(pattern.Predicate, triple.Predicate) && Fits(pattern.Object, triple.Object);

    private static bool Fits(TermId wanted, TermId term) => wanted.IsNone || wanted == term;

    /// <summary>Triples and one more.</summary>
    private sealed class OneMore(ITripleSource others, TripleIds triple) : ITripleSource
    {
        public IEnumerable<TripleIds> Match(TripleIds pattern) => Fits(pattern, triple) ? others.Match(pattern).Where(t => t != triple).Append(triple) : others.Match(pattern);
    }

    /// <summary>Adds what stands in a forward rule's head, once for each way in which its body holds.</summary>
    private void AddNested(List<BackwardClause> clauses, Rule rule, BackwardCompiler compiler, Unification unification)
    {
        var around = compiler.Goals(rule, rule.Body);
        var nested = rule.Head.OfType<NestedRule>().Select(n => NestedRules.Flattened(rule, n.Rule)).ToList();
        foreach (var bindings in BodyMatches.Find(around, rule, _given, unification))
            foreach (var flat in nested)
                if (compiler.Compile(flat, bindings, around) is { } clause)
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

    /// <summary>Whether a rule of a mixed rule set is run forward. One without a body is, however it is written: what it says holds before anybody asks.</summary>
    public static bool IsForward(Rule rule) => rule.Direction == RuleDirection.Forward || rule.Body.IsEmpty;

    /// <summary>The part of a mixed rule set that is run forward: forward rules, without the backward rules in their heads.</summary>
    public static IEnumerable<Rule> Forward(RuleSet rules) => rules.Rules.Where(IsForward)
        .Select(r => r.Head.Any(c => c is NestedRule) ? r with { Head = [.. r.Head.Where(c => c is not NestedRule)] } : r).Where(r => r.Head.Length > 0);

    /// <summary>The part of a mixed rule set that is run backward.</summary>
    public static BackwardRules Of(RuleSet rules) =>
        new([.. rules.Rules.Where(r => !IsForward(r))], [.. rules.Rules.Where(r => r.Direction == RuleDirection.Forward && r.Head.Any(c => c is NestedRule))]);
}

/// <summary>What a backward evaluation is given beside rules and facts.</summary>
/// <param name="Builtins">Builtins that rules may call.</param>
/// <param name="Limits">Limits.</param>
/// <param name="Now">The time that <c>now</c> tells.</param>
/// <param name="Print">Takes what <c>print</c> writes; null to drop it.</param>
internal sealed record BackwardSetup(BuiltinRegistry Builtins, BackwardOptions Limits, Func<DateTimeOffset> Now, Action<string>? Print);
