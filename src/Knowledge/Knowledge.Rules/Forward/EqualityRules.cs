namespace Knowledge.Rules;

/// <summary>Rules that make a predicate equality: it is symmetric, and what holds of a subject or object holds of all that equal it.</summary>
/// <remarks>
/// They are known by their form, whatever they and the predicate are called. Source: eq-sym, eq-trans and eq-rep-s, -p, -o of OWL 2 RL (OWL 2 Profiles, table 4). Without eq-trans they conclude the
/// same, as eq-rep-o applies to the predicate itself.
/// </remarks>
internal sealed class EqualityRules
{
    private readonly IReadOnlyDictionary<CompiledRule, Place> _places;

    private EqualityRules(uint predicate, IReadOnlyDictionary<CompiledRule, Place> places, HashSet<CompiledRule> replaced) =>
        (Predicate, _places, Substitution, Replaced) = (predicate, places, places.First(p => p.Value == Place.Subject).Key, replaced);

    /// <summary>A place of a fact, in the order in which they are replaced.</summary>
    public enum Place
    {
        /// <summary>Where a rule does something else.</summary>
        None,

        /// <summary>Whose facts are those of its equals.</summary>
        Subject,

        /// <summary>That says the same as its equals.</summary>
        Predicate,

        /// <summary>Whose equals are told the same of.</summary>
        Object,
    }

    /// <summary>The predicate that is equality, as owl:sameAs.</summary>
    public uint Predicate { get; }

    /// <summary>A rule to name where a limit is reached: the one that replaces subjects.</summary>
    public CompiledRule Substitution { get; }

    /// <summary>Bindings of that rule in which it replaces one term by another.</summary>
    public uint[] Bindings(uint term, uint other)
    {
        var (bindings, equality) = (new uint[Substitution.Slots], Substitution.Atoms.Single(a => !a.Predicate.IsVariable));
        (bindings[equality.Subject.Slot], bindings[equality.Object.Slot]) = (term, other);
        return bindings;
    }

    /// <summary>The rules that need not run when their conclusions are made by <see cref="EqualityClosure"/>.</summary>
    public IReadOnlySet<CompiledRule> Replaced { get; }

    /// <summary>Whether predicates are replaced by their equals too.</summary>
    public bool HasPredicates { get; private init; }

    /// <summary>A fact that must be there before anything follows from an equality the other way round; null where a rule says so of the predicate itself.</summary>
    public Fact? Axiom { get; private init; }

    /// <summary>Whether equalities are joined by a rule of their own.</summary>
    public bool IsTransitive { get; private init; }

    /// <summary>The atoms that match a fact of which a rule replaces a term, and which.</summary>
    public IEnumerable<(AtomPart Atom, Place Place)> Replacing => _places.Select(p => (p.Key.Atoms.Single(a => a.Predicate.IsVariable), p.Value));

    /// <summary>Finds predicates that rules make equality.</summary>
    /// <param name="rules">Rules of one stratum.</param>
    public static List<EqualityRules> Of(IReadOnlyList<CompiledRule> rules)
    {
        CompiledRule[] plain = [.. rules.Where(r => r is { IsPlain: true, Head.Length: 1 } && r.Body.Length == r.Atoms.Length && IsFlat(r.Head[0]))];
        CompiledRule[] pairs = [.. plain.Where(r => r.Atoms.Length == 2)];
        var found = new List<EqualityRules>();
        foreach (var group in pairs.Select(r => (Rule: r, Place: Substitutes(r, out var p), Predicate: p)).Where(r => r.Place != Place.None).GroupBy(r => r.Predicate))
        {
            var byPlace = group.ToLookup(r => r.Place, r => r.Rule);
            if (!byPlace.Contains(Place.Subject) || !byPlace.Contains(Place.Object))
                continue;
            CompiledRule[] symmetry = [.. plain.Where(r => IsSymmetry(r, group.Key))];
            var axiom = symmetry.Length > 0 ? null : pairs.Select(r => SymmetryAxiom(r, group.Key)).FirstOrDefault(a => a is { } fact && rules.Any(r => Says(r, fact)));
            if (symmetry.Length == 0 && axiom is null)
                continue;
            var joins = pairs.Where(r => IsTransitivity(r, group.Key)).ToList();
            found.Add(new EqualityRules(group.Key, group.ToDictionary(r => r.Rule, r => r.Place), [.. group.Select(r => r.Rule), .. symmetry, .. joins])
            {
                HasPredicates = byPlace.Contains(Place.Predicate),
                IsTransitive = joins.Count > 0,
                Axiom = axiom,
            });
        }

        return found;
    }

    /// <summary>Which place of a fact a rule of the form <c>(?x = ?y) (fact with ?x) -> (the same with ?y)</c> replaces.</summary>
    private static Place Substitutes(CompiledRule rule, out uint equality)
    {
        foreach (var (equal, fact) in new[] { (rule.Atoms[0], rule.Atoms[1]), (rule.Atoms[1], rule.Atoms[0]) })
        {
            equality = equal.Predicate.Id;
            Operand[] places = [fact.Subject, fact.Predicate, fact.Object];
            if (equal.Predicate.IsVariable || !AreDistinct(places) || !equal.Subject.IsVariable || !equal.Object.IsVariable || equal.Subject == equal.Object)
                continue;
            Operand[] head = [rule.Head[0].Subject.Operand, rule.Head[0].Predicate.Operand, rule.Head[0].Object.Operand];
            // Either way round: the predicate is symmetric.
            foreach (var (old, other) in new[] { (equal.Subject, equal.Object), (equal.Object, equal.Subject) })
            {
                var at = Array.IndexOf(places, old);
                if (at >= 0 && !places.Contains(other) && head.SequenceEqual(places.Select((p, i) => i == at ? other : p)))
                    return (Place)(at + 1);
            }
        }

        equality = 0;
        return Place.None;
    }

    private static bool IsTransitivity(CompiledRule rule, uint predicate)
    {
        if (!rule.Atoms.All(a => Is(a.Predicate, predicate)) || !Is(rule.Head[0].Predicate.Operand, predicate))
            return false;
        var (a, b) = rule.Atoms[0].Object == rule.Atoms[1].Subject ? (rule.Atoms[0], rule.Atoms[1]) : (rule.Atoms[1], rule.Atoms[0]);
        return a.Object == b.Subject && AreDistinct([a.Subject, a.Object, b.Object]) && rule.Head[0].Subject.Operand == a.Subject && rule.Head[0].Object.Operand == b.Object;
    }

    private static bool IsSymmetry(CompiledRule rule, uint predicate) => rule.Atoms is [var atom] && Is(atom.Predicate, predicate) && Is(rule.Head[0].Predicate.Operand, predicate)
        && AreDistinct([atom.Subject, atom.Object]) && rule.Head[0].Subject.Operand == atom.Object && rule.Head[0].Object.Operand == atom.Subject;

    /// <summary>What a rule of the form <c>(?p rdf:type owl:SymmetricProperty) (?x ?p ?y) -> (?y ?p ?x)</c> needs to turn facts of a predicate round; null for others.</summary>
    private static Fact? SymmetryAxiom(CompiledRule rule, uint predicate)
    {
        var head = rule.Head[0];
        foreach (var (axiom, fact) in new[] { (rule.Atoms[0], rule.Atoms[1]), (rule.Atoms[1], rule.Atoms[0]) })
        {
            if (!axiom.Predicate.IsVariable && !axiom.Object.IsVariable && axiom.Subject == fact.Predicate && AreDistinct([fact.Subject, fact.Predicate, fact.Object])
                && head.Predicate.Operand == fact.Predicate && head.Subject.Operand == fact.Object && head.Object.Operand == fact.Subject)
                return new Fact(axiom.Predicate.Id, FactColumns.Pair(predicate, axiom.Object.Id));
        }

        return null;
    }

    private static bool Says(CompiledRule rule, Fact fact) => rule.Body.Length == 0
        && rule.Head.Any(h => IsFlat(h) && Is(h.Subject.Operand, fact.Subject) && Is(h.Predicate.Operand, fact.Predicate) && Is(h.Object.Operand, fact.Object));

    private static bool IsFlat(HeadAtom head) => head.Subject.IsPlain && head.Predicate.IsPlain && head.Object.IsPlain;

    private static bool Is(Operand operand, uint id) => !operand.IsVariable && operand.Id == id;

    private static bool AreDistinct(Operand[] operands) => operands.All(o => o.IsVariable) && operands.Distinct().Count() == operands.Length;
}
