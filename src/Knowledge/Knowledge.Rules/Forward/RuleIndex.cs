using System.Runtime.InteropServices;

namespace Knowledge.Rules;

/// <summary>Rules by the predicates of their bodies and heads, with the plans that begin there.</summary>
internal sealed class RuleIndex
{
    private readonly Dictionary<uint, List<(CompiledRule Rule, AtomPart Atom, Plan Plan)>> _bodies = [];
    private readonly Dictionary<uint, List<(CompiledRule Rule, HeadAtom Head, Plan Plan)>> _heads = [];
    private readonly List<(CompiledRule Rule, AtomPart Atom, Plan Plan)> _anyBody = [];
    private readonly List<(CompiledRule Rule, HeadAtom Head, Plan Plan)> _anyHead = [];
    private readonly Dictionary<uint, List<(CompiledRule Rule, AtomPart Atom, Plan Plan)>> _loose = [];
    private readonly Dictionary<AtomPart, (EqualityRules?, EqualityRules.Place)> _replacing = [];
    private readonly Dictionary<uint, List<(CompiledRule Rule, NegatedAtom Atom, Plan Plan)>> _negated = [];
    private readonly List<(CompiledRule Rule, AtomPart Atom, Plan Plan)> _anyLoose = [];
    private readonly List<(CompiledRule Rule, NegatedAtom Atom, Plan Plan)> _anyNegated = [];
    private readonly Dictionary<uint, (CompiledRule, AtomPart, Plan)[]> _bodiesOf = [];
    private readonly Dictionary<uint, (CompiledRule, AtomPart, Plan)[]> _looseOf = [];
    private readonly Dictionary<uint, (CompiledRule, NegatedAtom, Plan)[]> _negatedOf = [];
    private readonly Dictionary<uint, (CompiledRule, HeadAtom, Plan)[]> _headsOf = [];

    public RuleIndex(IReadOnlyList<CompiledRule> rules, FactColumns facts)
    {
        foreach (var equality in EqualityRules.Of(rules).Where(e => e.IsTransitive))
            foreach (var (atom, place) in equality.Replacing)
                _replacing[atom] = (equality, place);
        foreach (var rule in rules)
        {
            BodyPart[] loose = [.. rule.Body.Where(p => p is not NegationPart)];
            foreach (var atom in rule.Atoms)
            {
                var plan = Plan.Of(rule.Body.Where(p => p != atom), atom.Slots, facts);
                Add(_bodies, _anyBody, atom.Predicate.IsVariable ? 0 : atom.Predicate.Id, (rule, atom, plan));
                Add(_loose, _anyLoose, atom.Predicate.IsVariable ? 0 : atom.Predicate.Id,
                    (rule, atom, loose.Length == rule.Body.Length ? plan : Plan.Of(loose.Where(p => p != atom), atom.Slots, facts)));
            }

            foreach (var negation in rule.Body.OfType<NegationPart>())
                foreach (var atom in negation.Parts.OfType<AtomPart>())
                    Add(_negated, _anyNegated, atom.Predicate.IsVariable ? 0 : atom.Predicate.Id,
                        (rule, new NegatedAtom(atom, negation.Outer), Plan.Of(loose, atom.Slots.Where(negation.Outer.Contains), facts)));
            foreach (var head in rule.Head)
                Add(_heads, _anyHead, head.Predicate.Slot >= 0 || !head.Predicate.IsPlain ? 0 : head.Predicate.Id, (rule, head, Plan.Of(rule.Body, HeadMatch.Bound(rule, head), facts)));
        }
    }

    /// <summary>The equality by which a rule replaces a term of the fact that an atom matches, and in which place; null and none for others.</summary>
    public (EqualityRules? Equality, EqualityRules.Place Place) Replacing(AtomPart atom) => _replacing.GetValueOrDefault(atom);

    /// <summary>Body atoms that a fact of a predicate may match; the plan matches the rest.</summary>
    public ReadOnlySpan<(CompiledRule Rule, AtomPart Atom, Plan Plan)> Bodies(uint predicate) => Of(_bodiesOf, _bodies, _anyBody, predicate);

    /// <summary>The same without the rules' negations: what may have matched, or may match, whatever they say.</summary>
    public ReadOnlySpan<(CompiledRule Rule, AtomPart Atom, Plan Plan)> Loose(uint predicate) => Of(_looseOf, _loose, _anyLoose, predicate);

    /// <summary>Negated atoms that a fact of a predicate may match; the plan matches what is not negated.</summary>
    public ReadOnlySpan<(CompiledRule Rule, NegatedAtom Atom, Plan Plan)> Negated(uint predicate) => Of(_negatedOf, _negated, _anyNegated, predicate);

    /// <summary>Heads that may conclude a fact of a predicate; the plan matches the body.</summary>
    public ReadOnlySpan<(CompiledRule Rule, HeadAtom Head, Plan Plan)> Heads(uint predicate) => Of(_headsOf, _heads, _anyHead, predicate);

    private static T[] Of<T>(Dictionary<uint, T[]> cache, Dictionary<uint, List<T>> own, List<T> any, uint predicate)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(cache, predicate, out _);
        return found ??= [.. own.GetValueOrDefault(predicate, []), .. any];
    }

    private static void Add<T>(Dictionary<uint, List<T>> own, List<T> any, uint predicate, T item)
    {
        if (predicate == 0)
        {
            any.Add(item);
            return;
        }

        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(own, predicate, out _);
        (list ??= []).Add(item);
    }
}

/// <summary>An atom in a negation.</summary>
/// <param name="Atom">The atom.</param>
/// <param name="Outer">Slots that occur outside of the negation too.</param>
internal readonly record struct NegatedAtom(AtomPart Atom, int[] Outer);

/// <summary>Matches a rule backward from a fact of its head.</summary>
internal sealed class HeadMatch(Matching matching, RuleEnvironment environment, CompiledRule rule, HeadAtom head, Fact fact) : IMatchSink
{
    private uint[]? _found;

    /// <summary>Slots of a head that atoms of the body bind, so that the fact may bind them first. What builtins and fresh nodes bind is compared at the end.</summary>
    public static IEnumerable<int> Bound(CompiledRule rule, HeadAtom head)
    {
        var byAtoms = rule.Body.Where(p => p is AtomPart or FunctorPart).SelectMany(Plan.Bound).ToHashSet();
        return head.Subject.Slots.Concat(head.Predicate.Slots).Concat(head.Object.Slots).Where(byAtoms.Contains).Distinct();
    }

    /// <summary>Bindings of a match whose head is the fact; null where there is none.</summary>
    public static uint[]? Find(Matching matching, RuleEnvironment environment, (CompiledRule Rule, HeadAtom Head, Plan Plan) from, Fact fact)
    {
        var bindings = new uint[from.Rule.Slots];
        var bindable = from.Rule.IsPlain ? null : Bound(from.Rule, from.Head).ToHashSet();
        if (!matching.TryBind(from.Head.Subject, fact.Subject, bindings, bindable) || !matching.TryBind(from.Head.Predicate, fact.Predicate, bindings, bindable) ||
            !matching.TryBind(from.Head.Object, fact.Object, bindings, bindable))
            return null;
        var sink = new HeadMatch(matching, environment, from.Rule, from.Head, fact);
        matching.Run(from.Plan, bindings, sink);
        return sink._found;
    }

    /// <inheritdoc/>
    public bool Match(uint[] bindings)
    {
        var found = (uint[])bindings.Clone();
        foreach (var slot in rule.Unbound)
            found[slot] = Firing.Fresh(environment, rule, slot, bindings);
        if (matching.Value(head.Subject, found) != fact.Subject || matching.Value(head.Predicate, found) != fact.Predicate || matching.Value(head.Object, found) != fact.Object)
            return false;
        _found = found;
        return true;
    }
}
