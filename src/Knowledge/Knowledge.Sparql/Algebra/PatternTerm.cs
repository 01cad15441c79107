using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>What stands in a position of a pattern.</summary>
internal abstract record PatternTerm;

/// <summary>A variable. Blank nodes of patterns are variables whose name begins with <see cref="BlankPrefix"/>.</summary>
/// <param name="Name">Name without its question mark; within one algebra expression equal names are one variable.</param>
internal sealed record Variable(string Name) : PatternTerm
{
    /// <summary>Begins names that the query's author cannot select.</summary>
    public const string BlankPrefix = "_:";

    /// <summary>Whether the author of the query wrote it as a variable.</summary>
    public bool IsVisible => !Name.StartsWith(BlankPrefix, StringComparison.Ordinal);

    public override string ToString() => IsVisible ? "?" + Name : Name;
}

/// <summary>A term.</summary>
/// <param name="Value">The term.</param>
internal sealed record Constant(Term Value) : PatternTerm
{
    public override string ToString() => Value.ToString();
}

/// <summary>A triple term with at least one variable in it; those without are <see cref="Constant"/>s.</summary>
internal sealed record TripleTermPattern(PatternTerm Subject, PatternTerm Predicate, PatternTerm Object) : PatternTerm
{
    /// <summary>A triple term of parts, as a constant where none of them is a variable.</summary>
    public static PatternTerm Of(PatternTerm subject, PatternTerm predicate, PatternTerm @object) =>
        (subject, predicate, @object) is (Constant { Value: not (Literal or TripleTerm) } s, Constant { Value: Iri p }, Constant o)
            ? new Constant(new TripleTerm(s.Value, p, o.Value))
            : new TripleTermPattern(subject, predicate, @object);

    public override string ToString() => $"<<( {Subject} {Predicate} {Object} )>>";
}

/// <summary>A triple pattern whose predicate may be a path.</summary>
/// <param name="Subject">Subject.</param>
/// <param name="Predicate">Variable or IRI; null where <paramref name="Path"/> stands in its place.</param>
/// <param name="Object">Object.</param>
/// <param name="Path">A path that is more than an IRI.</param>
internal sealed record TriplePattern(PatternTerm Subject, PatternTerm? Predicate, PatternTerm Object, PropertyPath? Path = null)
{
    public override string ToString() => $"{Subject} {(object?)Predicate ?? Path} {Object}";
}

/// <summary>A property path. Source: SPARQL 1.1, section 18.1.7.</summary>
internal abstract record PropertyPath;

/// <summary>One property.</summary>
internal sealed record LinkPath(Iri Predicate) : PropertyPath
{
    public override string ToString() => Predicate.ToString();
}

/// <summary>A path backwards.</summary>
internal sealed record InversePath(PropertyPath Path) : PropertyPath
{
    public override string ToString() => $"^({Path})";
}

/// <summary>One path and then another.</summary>
internal sealed record SequencePath(PropertyPath First, PropertyPath Second) : PropertyPath
{
    public override string ToString() => $"({First}/{Second})";
}

/// <summary>One path or another.</summary>
internal sealed record AlternativePath(PropertyPath First, PropertyPath Second) : PropertyPath
{
    public override string ToString() => $"({First}|{Second})";
}

/// <summary>A path any number of times.</summary>
/// <param name="Path">The path.</param>
/// <param name="Least">0 or 1.</param>
/// <param name="IsBounded">Whether once is the most: the operator <c>?</c>.</param>
internal sealed record RepeatedPath(PropertyPath Path, int Least, bool IsBounded) : PropertyPath
{
    public override string ToString() => $"({Path}){(IsBounded ? "?" : Least == 0 ? "*" : "+")}";
}

/// <summary>Any property but some, forwards or backwards.</summary>
/// <param name="Forward">Properties that do not count forwards.</param>
/// <param name="Backward">Properties that do not count backwards.</param>
/// <param name="HasForward">Whether forward steps are meant.</param>
/// <param name="HasBackward">Whether backward steps are meant.</param>
internal sealed record NegatedPath(IReadOnlyList<Iri> Forward, IReadOnlyList<Iri> Backward, bool HasForward, bool HasBackward) : PropertyPath
{
    public override string ToString() => $"!({string.Join('|', Forward.Select(f => f.ToString()).Concat(Backward.Select(b => "^" + b)))})";
}
