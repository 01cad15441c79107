using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>What would have to be so for a statement to be false: graphs of which one would hold. Where each of them contradicts what is known, the statement follows.</summary>
/// <remarks>
/// <para>Source: OWL 2 Direct Semantics, section 2.3, the conditions of each axiom, negated; complements are driven inward to names. Things that a counterexample speaks of have fresh names.</para>
/// <para>A fresh name may stand for a thing that no name of the ontology stands for, and keys are of things with names alone (section 2.3.5): what keys say of a counterexample does not count where it
/// <see cref="MayBeUnnamed"/>. A key itself fails at things with names, so its counterexamples name those; keys count there.</para>
/// <para>Statements that are none of OWL 2's axioms have none here.</para>
/// </remarks>
internal sealed class Counterexamples(ConclusionGraph conclusion)
{
    /// <summary>How many things one counterexample may name for a cardinality.</summary>
    public const int MaxCardinality = 16;

    /// <summary>How many counterexamples one statement may have.</summary>
    public const int MaxAlternatives = 1_000;

    private const string Fresh = "urn:x-hub:fresh:";
    private const string Unnamed = Fresh + "thing:";

    private int _fresh;

    /// <summary>Whether a counterexample speaks of things that need not have a name.</summary>
    public static bool MayBeUnnamed(IEnumerable<Triple> counterexample) =>
        counterexample.Any(t => new[] { t.Subject, t.Object }.Any(n => n is Iri { Value: var iri } && iri.StartsWith(Unnamed, StringComparison.Ordinal)));

    /// <summary>The counterexamples of a statement; null where it is not written as an axiom that is known here, or would have more than the limits allow.</summary>
    public IReadOnlyList<ImmutableArray<Triple>>? Of(Triple statement)
    {
        var found = statement.Predicate == OwlVocabulary.Type ? OfType(statement) : OfPredicate(statement);
        return found is null || found.Count > MaxAlternatives || found.Exists(g => g.Any(t => t.Subject is Literal)) ? null : found;
    }

    private List<ImmutableArray<Triple>>? OfPredicate(Triple statement)
    {
        var (s, o) = (statement.Subject, statement.Object);
        return OwlVocabulary.Name(statement.Predicate) switch
        {
            "sameAs" => [[new Triple(s, OwlVocabulary.DifferentFrom, o)]],
            "differentFrom" => [[new Triple(s, OwlVocabulary.SameAs, o)]],
            "subClassOf" => Below(conclusion.Class(s), conclusion.Class(o)),
            "equivalentClass" => Same(conclusion.Class(s), conclusion.Class(o)),
            "intersectionOf" or "unionOf" or "oneOf" or "complementOf" or "datatypeComplementOf" when s is Iri => Same(conclusion.Class(s), conclusion.Definition(s)),
            "disjointWith" => Both(conclusion.Class(s), conclusion.Class(o)),
            "disjointUnionOf" => DisjointUnion(conclusion.Class(s), conclusion.Classes(conclusion.List(o))),
            "subPropertyOf" => Below(conclusion.RoleOf(s), conclusion.RoleOf(o)),
            "equivalentProperty" => Join(Below(conclusion.RoleOf(s), conclusion.RoleOf(o)), Below(conclusion.RoleOf(o), conclusion.RoleOf(s))),
            "inverseOf" => Join(Below(conclusion.RoleOf(s), conclusion.RoleOf(o)?.Inverse), Below(conclusion.RoleOf(o)?.Inverse, conclusion.RoleOf(s))),
            "propertyDisjointWith" => Both(conclusion.RoleOf(s), conclusion.RoleOf(o)),
            "propertyChainAxiom" => Chain(conclusion.RoleOf(s), conclusion.List(o)),
            "domain" => End(s, o, isRange: false),
            "range" => End(s, o, isRange: true),
            "hasKey" => Key(conclusion.Class(s), conclusion.List(o)),
            _ when statement.Predicate is Iri property && !conclusion.IsStructure(s) && !conclusion.IsStructure(o) => [[.. Denied(new Role(property, false), s, o)]],
            _ => null,
        };
    }

    private List<ImmutableArray<Triple>>? OfType(Triple statement)
    {
        var (s, o) = (statement.Subject, statement.Object);
        Term x = Thing(), y = Thing(), z = Thing();
        switch (OwlVocabulary.Name(o))
        {
            case "AllDifferent":
                return Pairs(List(s, "members") ?? List(s, "distinctMembers"), (a, b) => [[new Triple(a, OwlVocabulary.SameAs, b)]]);
            case "AllDisjointClasses":
                return Pairs(conclusion.Classes(List(s, "members")), Both);
            case "AllDisjointProperties":
                return Pairs(List(s, "members"), (a, b) => Both(conclusion.RoleOf(a), conclusion.RoleOf(b)));
            case "NegativePropertyAssertion":
                var (source, target) = (conclusion.Value(s, "sourceIndividual"), conclusion.Value(s, "targetIndividual") ?? conclusion.Value(s, "targetValue"));
                return source is not null && target is not null && conclusion.RoleOf(conclusion.Value(s, "assertionProperty")) is { } denied ? [[denied.Between(source, target)]] : null;
        }

        var role = conclusion.RoleOf(s);
        return (OwlVocabulary.Name(o), role) switch
        {
            ("TransitiveProperty", { } p) => [[p.Between(x, y), p.Between(y, z), .. Denied(p, x, z)]],
            ("SymmetricProperty", { } p) => [[p.Between(x, y), .. Denied(p, y, x)]],
            ("AsymmetricProperty", { } p) => [[p.Between(x, y), p.Between(y, x)]],
            ("ReflexiveProperty", { } p) => [[new Triple(x, OwlVocabulary.Type, OwlVocabulary.Thing), .. Denied(p, x, x)]],
            ("IrreflexiveProperty", { } p) => [[p.Between(x, x)]],
            ("FunctionalProperty", { } p) => [[p.Between(x, y), p.Between(x, z), new Triple(y, OwlVocabulary.DifferentFrom, z)]],
            ("InverseFunctionalProperty", { } p) => [[p.Between(y, x), p.Between(z, x), new Triple(y, OwlVocabulary.DifferentFrom, z)]],
            _ => conclusion.Class(o) is { } c ? In(s, c.Negated) : null,
        };
    }

    private ImmutableArray<Term>? List(Term node, string property) => conclusion.List(conclusion.Value(node, property));

    private static List<ImmutableArray<Triple>>? Pairs<T>(ImmutableArray<T>? members, Func<T, T, List<ImmutableArray<Triple>>?> pair)
    {
        if (members is not { } all || (long)all.Length * all.Length / 2 > MaxAlternatives)
            return null;
        List<ImmutableArray<Triple>>? found = [];
        for (var i = 0; i < all.Length; i++)
            for (var j = i + 1; j < all.Length; j++)
                found = Join(found, pair(all[i], all[j]));
        return found;
    }

    private List<ImmutableArray<Triple>>? Same(ClassExpression? one, ClassExpression? other) => Join(Below(one, other), Below(other, one));

    private List<ImmutableArray<Triple>>? Below(ClassExpression? narrow, ClassExpression? wide) => Both(narrow, wide?.Negated);

    private List<ImmutableArray<Triple>>? Both(ClassExpression? one, ClassExpression? other)
    {
        var x = Thing();
        return one is null || other is null ? null : Product(In(x, one), In(x, other));
    }

    private List<ImmutableArray<Triple>>? Below(Role? narrow, Role? wide)
    {
        var (x, y) = (Thing(), Thing());
        return narrow is { } p && wide is { } q ? [[p.Between(x, y), .. Denied(q, x, y)]] : null;
    }

    private List<ImmutableArray<Triple>>? Both(Role? one, Role? other)
    {
        var (x, y) = (Thing(), Thing());
        return one is { } p && other is { } q ? [[p.Between(x, y), q.Between(x, y)]] : null;
    }

    private List<ImmutableArray<Triple>>? Chain(Role? whole, ImmutableArray<Term>? links)
    {
        if (whole is not { } q || links is not { Length: > 0 } all)
            return null;
        var start = Thing();
        var (at, triples) = (start, new List<Triple>());
        foreach (var link in all)
        {
            if (conclusion.RoleOf(link) is not { } p)
                return null;
            var next = Thing();
            triples.Add(p.Between(at, next));
            at = next;
        }

        return [[.. triples, .. Denied(q, start, at)]];
    }

    /// <summary>Something is in the class and in none of the members, or in a member and not in the class, or in two members: section 2.3.1, <c>DisjointUnion</c>.</summary>
    private List<ImmutableArray<Triple>>? DisjointUnion(ClassExpression? whole, ImmutableArray<ClassExpression>? parts) =>
        parts is { } all ? Join(Same(whole, new UnionClass(all)), Pairs(parts, Both)) : null;

    /// <summary>Two different things with names are in the class and share a value at each property, which has a name where it is an individual: section 2.3.5, <c>HasKey</c>.</summary>
    private List<ImmutableArray<Triple>>? Key(ClassExpression? @class, ImmutableArray<Term>? properties)
    {
        if (@class is null || properties is not { Length: > 0 } all)
            return null;
        var (x, y) = (New(), New());
        List<Triple> triples = [new Triple(x, OwlVocabulary.DifferentFrom, y)];
        foreach (var property in all)
        {
            if (conclusion.RoleOf(property) is not { } p)
                return null;
            var value = New();
            triples.AddRange([p.Between(x, value), p.Between(y, value)]);
        }

        return Product([[.. triples]], Product(In(x, @class), In(y, @class)));
    }

    private List<ImmutableArray<Triple>>? End(Term property, Term @class, bool isRange)
    {
        var (x, y) = (Thing(), Thing());
        return conclusion.RoleOf(property) is { } p && conclusion.Class(@class) is { } c ? Product([[p.Between(x, y)]], In(isRange ? y : x, c.Negated)) : null;
    }

    /// <summary>The ways in which something can be in a class.</summary>
    private List<ImmutableArray<Triple>>? In(Term thing, ClassExpression @class) => @class switch
    {
        _ when @class.IsThing => [[new Triple(thing, OwlVocabulary.Type, ((NamedClass)@class).Name)]],
        NamedClass { Name: var name } => [[new Triple(thing, OwlVocabulary.Type, name)]],
        IntersectionClass { Members: var members } => members.Aggregate<ClassExpression, List<ImmutableArray<Triple>>?>([[]], (all, m) => Product(all, In(thing, m))),
        UnionClass { Members: var members } => members.Aggregate<ClassExpression, List<ImmutableArray<Triple>>?>([], (all, m) => Join(all, In(thing, m))),
        EnumeratedClass { IsComplement: true, Members: var members } => [[.. members.Select(m => new Triple(thing, OwlVocabulary.DifferentFrom, m))]],
        EnumeratedClass { Members: var members } => [.. members.Select(m => ImmutableArray.Create(new Triple(thing, OwlVocabulary.SameAs, m)))],
        ValueClass { IsComplement: true } value => [[.. Denied(value.Role, thing, value.Value ?? thing)]],
        ValueClass value => [[value.Role.Between(thing, value.Value ?? thing)]],
        SomeClass some => AtLeast(thing, some.Role, 1, some.Filler),
        AtLeastClass least => AtLeast(thing, least.Role, least.Count, least.Filler),
        _ => Named(@class) is var (node, triples) ? [[new Triple(thing, OwlVocabulary.Type, node), .. triples]] : null,
    };

    private List<ImmutableArray<Triple>>? AtLeast(Term thing, Role role, int count, ClassExpression filler)
    {
        if (count > MaxCardinality)
            return null;
        var values = Enumerable.Range(0, count).Select(_ => Thing()).ToList();
        var different = values.SelectMany((v, i) => values.Skip(i + 1).Select(w => new Triple(v, OwlVocabulary.DifferentFrom, w)));
        List<ImmutableArray<Triple>>? all = [[.. values.Select(v => role.Between(thing, v)), .. different]];
        foreach (var value in filler.IsThing ? [] : values)
            all = Product(all, In(value, filler));
        return all;
    }

    /// <summary>A name for a class, and the triples that say what it is; null where there is no way to write it.</summary>
    private (Term Node, ImmutableArray<Triple> Triples)? Named(ClassExpression @class)
    {
        var node = New();
        Triple Is(Iri property, Term value) => new(node, property, value);
        switch (@class)
        {
            case NamedClass named:
                return (named.Name, []);
            case ComplementClass complement:
                return (node, [Is(OwlVocabulary.Type, OwlVocabulary.Of("Class")), Is(OwlVocabulary.ComplementOf, complement.Name)]);
            case IntersectionClass { Members: var members }:
                return Members(node, OwlVocabulary.IntersectionOf, [.. members.Select(Named)]);
            case UnionClass { Members: var members }:
                return Members(node, OwlVocabulary.UnionOf, [.. members.Select(Named)]);
            case EnumeratedClass { IsComplement: false, Members: var members }:
                return Members(node, OwlVocabulary.OneOf, [.. members.Select(m => (m, ImmutableArray<Triple>.Empty))]);
            case SomeClass some when Named(some.Filler) is var (filler, triples):
                return (node, [.. triples, .. Property(some.Role, node), Is(OwlVocabulary.Of("someValuesFrom"), filler)]);
            case AllClass every when Named(every.Filler) is var (filler, triples):
                return (node, [.. triples, .. Property(every.Role, node), Is(OwlVocabulary.AllValuesFrom, filler)]);
            case ValueClass { IsComplement: false, Value: { } value } has:
                return (node, [.. Property(has.Role, node), Is(OwlVocabulary.Of("hasValue"), value)]);
            case AtMostClass { Filler.IsThing: true } most:
                return (node, [.. Property(most.Role, node), Is(OwlVocabulary.MaxCardinality, Number(most.Count))]);
            case AtMostClass most when Named(most.Filler) is var (filler, triples):
                return (node, [.. triples, .. Property(most.Role, node), Is(OwlVocabulary.MaxQualifiedCardinality, Number(most.Count)), Is(OwlVocabulary.OnClass, filler)]);
            default:
                return null;
        }
    }

    private (Term, ImmutableArray<Triple>)? Members(Term node, Iri property, (Term Node, ImmutableArray<Triple> Triples)?[] members)
    {
        if (members.Contains(null))
            return null;
        Term list = OwlVocabulary.Nil;
        var triples = new List<Triple>();
        foreach (var (member, parts) in members.Reverse().Select(m => m!.Value))
        {
            var next = New();
            triples.AddRange([.. parts, new Triple(next, OwlVocabulary.First, member), new Triple(next, OwlVocabulary.Rest, list)]);
            list = next;
        }

        return (node, [.. triples, new Triple(node, property, list)]);
    }

    private IEnumerable<Triple> Property(Role role, Term node)
    {
        if (!role.IsInverse)
            return [new Triple(node, OwlVocabulary.OnProperty, role.Property)];
        var inverse = New();
        return [new Triple(inverse, OwlVocabulary.InverseOf, role.Property), new Triple(node, OwlVocabulary.OnProperty, inverse)];
    }

    /// <summary>That a property does not hold between two things.</summary>
    private IEnumerable<Triple> Denied(Role role, Term subject, Term @object)
    {
        var assertion = New();
        var (source, target) = role.IsInverse ? (@object, subject) : (subject, @object);
        return
        [
            new Triple(assertion, OwlVocabulary.Type, OwlVocabulary.Of("NegativePropertyAssertion")), new Triple(assertion, OwlVocabulary.SourceIndividual, source),
            new Triple(assertion, OwlVocabulary.AssertionProperty, role.Property), new Triple(assertion, target is Literal ? OwlVocabulary.TargetValue : OwlVocabulary.TargetIndividual, target),
        ];
    }

    private static List<ImmutableArray<Triple>>? Join(List<ImmutableArray<Triple>>? one, List<ImmutableArray<Triple>>? other) => one is null || other is null ? null : [.. one, .. other];

    private static List<ImmutableArray<Triple>>? Product(List<ImmutableArray<Triple>>? one, List<ImmutableArray<Triple>>? other) =>
        one is null || other is null || (long)one.Count * other.Count > MaxAlternatives ? null : [.. one.SelectMany(_ => other, (a, b) => a.AddRange(b))];

    private static Literal Number(int count) => new($"{count}", XsdVocabulary.Namespace + "nonNegativeInteger");

    /// <summary>A name for a part of the counterexample's text, or for something that has a name.</summary>
    private Iri New() => new($"{Fresh}{++_fresh}");

    /// <summary>A name for something that need not have one.</summary>
    private Iri Thing() => new($"{Unnamed}{++_fresh}");
}
