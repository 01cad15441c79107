namespace Knowledge.Rules;

/// <summary>Orders rules in strata, so that what a rule negates or counts is complete before it runs.</summary>
/// <remarks>
/// Source: Apt, Blair, Walker, Towards a Theory of Declarative Knowledge (1988). Dependencies are between rules by whether a head can be a body's fact. Builtins that look at facts are put behind the
/// rules that make those facts where that can be; where it cannot, they see what is there when they are asked, as in Jena.
/// </remarks>
internal static class Stratification
{
    private const int Hard = 2;
    private const int Soft = 1;

    /// <summary>Sets the strata of rules.</summary>
    /// <exception cref="RuleException">A rule negates or counts what hangs on it.</exception>
    public static void Assign(IReadOnlyList<CompiledRule> rules)
    {
        var edges = new List<(int From, int To, int Kind)>();
        if (rules.All(r => !Reads(r).Any(a => a.Kind > 0)))
            return;
        for (var to = 0; to < rules.Count; to++)
            foreach (var (atom, kind) in Reads(rules[to]))
                for (var from = 0; from < rules.Count; from++)
                    if (MayConclude(rules[from], atom))
                        edges.Add((from, to, kind));
        if (!TryAssign(rules, [.. edges, .. Levels(rules)], Soft, out _) && !TryAssign(rules, edges, Soft, out _)
            && !TryAssign(rules, edges, Hard, out var culprit))
        {
            const string Problem = "It negates or counts facts that hang on its own conclusions, so there is no order in which the rules can run. ";
            throw new RuleException(Problem + "Take the negation or the conclusion out of the circle.", culprit!.Rule);
        }
    }

    /// <summary>Whether each predicate is concluded in one stratum alone, and no rule concludes any predicate.</summary>
    public static bool HasLevels(IReadOnlyList<CompiledRule> rules) => rules.All(r => r.Head.All(HasPredicate))
        && rules.SelectMany(r => r.Head.Select(h => (h.Predicate.Id, r.Stratum))).Distinct().GroupBy(h => h.Id).All(g => g.Count() == 1);

    private static bool HasPredicate(HeadAtom head) => head.Predicate is { IsPlain: true, Slot: < 0 };

    /// <summary>Edges that keep rules with the same predicate in their heads in one stratum.</summary>
    private static IEnumerable<(int From, int To, int Kind)> Levels(IReadOnlyList<CompiledRule> rules) => Enumerable.Range(0, rules.Count)
        .SelectMany(i => rules[i].Head.Where(HasPredicate).Select(h => (h.Predicate.Id, Rule: i))).GroupBy(h => h.Id, h => h.Rule)
        .SelectMany(g => g.Distinct().Zip(g.Distinct().Skip(1).Append(g.First()))).Where(e => e.First != e.Second).Select(e => (e.First, e.Second, 0));

    /// <summary>Whether whatever a rule negates, counts or asks by a builtin is complete before it runs, in the strata that are set.</summary>
    public static bool IsComplete(IReadOnlyList<CompiledRule> rules)
    {
        foreach (var rule in rules)
        {
            foreach (var (atom, kind) in Reads(rule).Where(r => r.Kind > 0))
                if (rules.Any(r => r.Stratum >= rule.Stratum && MayConclude(r, atom)))
                    return false;
        }

        return true;
    }

    /// <summary>Whether a rule may conclude a fact of a pattern.</summary>
    public static bool MayConclude(CompiledRule rule, AtomPart atom) => rule.Actions.Any(a => a.Builtin is { Reads: BuiltinReads.Lists }) || rule.Head.Any(h => MayBe(h, atom));

    private static bool TryAssign(IReadOnlyList<CompiledRule> rules, List<(int From, int To, int Kind)> edges, int strict, out CompiledRule? culprit)
    {
        culprit = null;
        foreach (var rule in rules)
            rule.Stratum = 0;
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var (from, to, kind) in edges)
            {
                var least = rules[from].Stratum + (kind >= strict ? 1 : 0);
                if (rules[to].Stratum >= least)
                    continue;
                if (least > rules.Count)
                {
                    culprit = rules[to];
                    return false;
                }

                rules[to].Stratum = least;
                isChanged = true;
            }
        }

        return true;
    }

    /// <summary>Patterns that a rule looks at, and how: 0 joins, 1 asks by a builtin, 2 negates or counts.</summary>
    public static IEnumerable<(AtomPart Atom, int Kind)> Reads(CompiledRule rule) => rule.Body.SelectMany(Reads);

    private static IEnumerable<(AtomPart Atom, int Kind)> Reads(BodyPart part) => part switch
    {
        AtomPart atom => [(atom, 0)],
        NegationPart negation => negation.Parts.SelectMany(Reads).Select(r => (r.Atom, Hard)),
        AggregatePart aggregate => aggregate.Parts.SelectMany(Reads).Select(r => (r.Atom, Hard)),
        BuiltinPart { Builtin.Reads: BuiltinReads.Pattern } builtin =>
            [(new AtomPart(Pattern(builtin, 0), Pattern(builtin, 1), builtin.Builtin.Binds ? new Operand(0, 0) : Pattern(builtin, 2), -1), Soft)],
        BuiltinPart { Builtin.Reads: BuiltinReads.Lists } lists => [(Cell(lists, RdfVocabulary.First), Soft), (Cell(lists, RdfVocabulary.Rest), Soft)],
        _ => [],
    };

    private static AtomPart Cell(BuiltinPart builtin, string predicate) => new(new Operand(0, 0), new Operand(-1, builtin.Call.Environment.Id(new Iri(predicate)).Value), new Operand(0, 0), -1);

    private static Operand Pattern(BuiltinPart builtin, int argument) =>
        argument < builtin.Arguments.Length && builtin.Arguments[argument].IsPlain ? builtin.Arguments[argument].Operand : new Operand(0, 0);

    private static bool MayBe(HeadAtom head, AtomPart atom) => MayBe(head.Subject, atom.Subject) && MayBe(head.Predicate, atom.Predicate) && MayBe(head.Object, atom.Object);

    private static bool MayBe(Template head, Operand atom) => atom.IsVariable || head.Slot >= 0 || !head.IsPlain || head.Id == atom.Id;
}
