using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>A class or data range of OWL 2, as conclusions name it.</summary>
internal abstract record ClassExpression
{
    /// <summary>The class of everything that this one does not hold, with the complement driven inward to names.</summary>
    public abstract ClassExpression Negated { get; }

    /// <summary>Whether this is the class of all.</summary>
    public bool IsThing => this is NamedClass { Name: Iri { Value: OwlVocabulary.Owl + "Thing" or OwlVocabulary.Rdfs + "Literal" } };
}

/// <summary>A class or datatype with a name.</summary>
internal sealed record NamedClass(Term Name) : ClassExpression
{
    public override ClassExpression Negated => Name == OwlVocabulary.Thing ? new NamedClass(OwlVocabulary.Nothing)
        : Name == OwlVocabulary.Nothing ? new NamedClass(OwlVocabulary.Thing) : new ComplementClass(Name);
}

/// <summary>What is not in a class with a name.</summary>
internal sealed record ComplementClass(Term Name) : ClassExpression
{
    public override ClassExpression Negated => new NamedClass(Name);
}

/// <summary>What is in all of some classes.</summary>
internal sealed record IntersectionClass(ImmutableArray<ClassExpression> Members) : ClassExpression
{
    public override ClassExpression Negated => new UnionClass([.. Members.Select(m => m.Negated)]);
}

/// <summary>What is in one of some classes.</summary>
internal sealed record UnionClass(ImmutableArray<ClassExpression> Members) : ClassExpression
{
    public override ClassExpression Negated => new IntersectionClass([.. Members.Select(m => m.Negated)]);
}

/// <summary>Some things, or everything but these.</summary>
internal sealed record EnumeratedClass(ImmutableArray<Term> Members, bool IsComplement = false) : ClassExpression
{
    public override ClassExpression Negated => this with { IsComplement = !IsComplement };
}

/// <summary>What has a value of a class at a property.</summary>
internal sealed record SomeClass(Role Role, ClassExpression Filler) : ClassExpression
{
    public override ClassExpression Negated => new AllClass(Role, Filler.Negated);
}

/// <summary>What has values of a class alone at a property.</summary>
internal sealed record AllClass(Role Role, ClassExpression Filler) : ClassExpression
{
    public override ClassExpression Negated => new SomeClass(Role, Filler.Negated);
}

/// <summary>What has, or has not, a certain value at a property; itself where there is none.</summary>
internal sealed record ValueClass(Role Role, Term? Value, bool IsComplement = false) : ClassExpression
{
    public override ClassExpression Negated => this with { IsComplement = !IsComplement };
}

/// <summary>What has at least so many values of a class at a property.</summary>
internal sealed record AtLeastClass(Role Role, int Count, ClassExpression Filler) : ClassExpression
{
    public override ClassExpression Negated => Count == 0 ? new NamedClass(OwlVocabulary.Nothing) : new AtMostClass(Role, Count - 1, Filler);
}

/// <summary>What has at most so many values of a class at a property.</summary>
internal sealed record AtMostClass(Role Role, int Count, ClassExpression Filler) : ClassExpression
{
    public override ClassExpression Negated => new AtLeastClass(Role, Count + 1, Filler);
}

/// <summary>A property, or the other way round.</summary>
internal readonly record struct Role(Iri Property, bool IsInverse)
{
    /// <summary>The triple that it holds between two things.</summary>
    public Triple Between(Term subject, Term @object) => IsInverse ? new Triple(@object, Property, subject) : new Triple(subject, Property, @object);

    /// <summary>The other way round.</summary>
    public Role Inverse => this with { IsInverse = !IsInverse };
}
