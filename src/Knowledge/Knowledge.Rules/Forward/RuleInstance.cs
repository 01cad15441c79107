namespace Knowledge.Rules;

/// <summary>A rule with the variables of its schema bound: what is left of its body speaks of data alone.</summary>
/// <remarks>
/// So <c>(?p rdfs:domain ?c) (?x ?p ?y) -&gt; (?x rdf:type ?c)</c> becomes, for each domain, a copy from the subjects of one column to a class. Which atoms are schema follows from
/// <see cref="SchemaSplit"/>. Instances whose rest is one atom are run on whole columns (<see cref="ColumnCopy"/>), others by <see cref="Matching"/>.
/// </remarks>
internal sealed class RuleInstance
{
    public required RuleState Rule { get; init; }

    /// <summary>Values of the slots that the schema binds, 0 for the others.</summary>
    public required uint[] Bindings { get; init; }

    /// <summary>Set where the whole rest is one copy between columns.</summary>
    public ColumnCopy? Copy { get; init; }

    /// <summary>The predicate that it closes in one step when it comes to be; 0 for others.</summary>
    public uint Closes { get; set; }

    /// <summary>The round in which it came to be: until its end it has seen all facts.</summary>
    public required int Round { get; init; }
}

/// <summary>What the engine keeps of a rule while it closes facts.</summary>
internal sealed class RuleState(CompiledRule rule, AtomPart[] schema, FactColumns facts)
{
    private readonly Dictionary<AtomPart, Plan> _schemaPlans = [];
    private readonly Dictionary<AtomPart, Plan> _plans = [];
    private Plan? _full;
    private Plan? _schemaFull;

    public CompiledRule Rule => rule;

    /// <summary>Atoms of the schema.</summary>
    public AtomPart[] Schema => schema;

    /// <summary>The other atoms.</summary>
    public AtomPart[] Data { get; } = [.. rule.Atoms.Except(schema)];

    /// <summary>Slots that the schema binds and the rest or the head needs.</summary>
    public int[] Kept { get; } = KeptSlots(rule, schema);

    /// <summary>Bindings for which there are instances.</summary>
    public HashSet<uint[]> Known { get; } = new(UintArrayComparer.Instance);

    /// <summary>Matches the schema's atoms.</summary>
    public Plan SchemaPlan(AtomPart? delta) => delta is null
        ? _schemaFull ??= Plan.Of(schema, [], facts)
        : _schemaPlans.TryGetValue(delta, out var plan) ? plan : _schemaPlans[delta] = Plan.Of(schema, [], facts, delta);

    /// <summary>Matches the rest.</summary>
    public Plan DataPlan(AtomPart? delta) => delta is null
        ? _full ??= Plan.Of(Rest, Kept, facts)
        : _plans.TryGetValue(delta, out var plan) ? plan : _plans[delta] = Plan.Of(Rest, Kept, facts, delta);

    private IEnumerable<BodyPart> Rest => rule.Body.Where(p => !schema.Contains(p));

    private static int[] KeptSlots(CompiledRule rule, AtomPart[] schema)
    {
        // Messages and fresh nodes show all variables; copies and matches need those alone that stand elsewhere.
        var elsewhere = rule.Body.Where(p => !schema.Contains(p)).SelectMany(Slots).Concat(rule.Head.SelectMany(h => h.Subject.Slots.Concat(h.Predicate.Slots).Concat(h.Object.Slots)))
            .Concat(rule.Actions.SelectMany(a => a.Slots)).ToHashSet();
        var all = rule.IsPlain ? elsewhere : Enumerable.Range(0, rule.Slots).ToHashSet();
        return [.. schema.SelectMany(a => a.Slots).Where(all.Contains).Distinct().Order()];
    }

    private static IEnumerable<int> Slots(BodyPart part) => part switch
    {
        AtomPart atom => atom.Slots,
        BuiltinPart builtin => builtin.Slots,
        FunctorPart functor => functor.Pattern.Slots.Append(functor.Slot),
        NegationPart negation => negation.Parts.SelectMany(Slots),
        AggregatePart aggregate => aggregate.Parts.SelectMany(Slots).Append(aggregate.Result),
        _ => [],
    };
}

/// <summary>Finds which atoms of a body are its schema: few facts, whose terms stand elsewhere as predicates or classes.</summary>
internal static class SchemaSplit
{
    /// <summary>The most facts that a predicate of the schema may have, and the most instances of one rule.</summary>
    public const int MaxFacts = 20_000;

    /// <summary>The schema's atoms; none where a rule is better matched as a whole.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="facts">Facts, for their counts.</param>
    /// <param name="type">Id of <c>rdf:type</c>.</param>
    public static AtomPart[] Of(CompiledRule rule, FactColumns facts, uint type)
    {
        var terms = new HashSet<int>();
        foreach (var atom in rule.Atoms)
            AddTerms(atom.Predicate, atom.Object);
        foreach (var head in rule.Head.Where(h => h.Object.IsPlain && h.Predicate.IsPlain))
            AddTerms(head.Predicate.Operand, head.Object.Operand);
        var schema = new List<AtomPart>();
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var atom in rule.Atoms)
            {
                if (schema.Contains(atom) || !IsCandidate(atom) || !atom.Slots.Any(terms.Contains))
                    continue;
                schema.Add(atom);
                terms.UnionWith(atom.Slots);
                isChanged = true;
            }
        }

        return schema.Count == rule.Atoms.Length ? [] : [.. schema];

        void AddTerms(Operand predicate, Operand @object)
        {
            if (predicate.IsVariable)
                terms.Add(predicate.Slot);
            else if (predicate.Id == type && @object.IsVariable)
                terms.Add(@object.Slot);
        }

        bool IsCandidate(AtomPart atom) => !atom.Predicate.IsVariable && !(atom.Predicate.Id == type && atom.Object.IsVariable) && Count(atom) <= MaxFacts;

        int Count(AtomPart atom)
        {
            if (facts.Find(atom.Predicate.Id) is not { } relation)
                return 0;
            return atom.Object.IsVariable ? relation.BySubject.Count : relation.ByObject.CountOf(new TermId(atom.Object.Id));
        }
    }
}
