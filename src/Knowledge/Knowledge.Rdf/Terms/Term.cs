namespace Knowledge.Rdf;

/// <summary>An RDF term: an IRI, a blank node, a literal or a triple term.</summary>
/// <remarks>
/// Terms are compared as RDF 1.2 Concepts compares them: character by character, never by value. <see cref="object.ToString"/> is canonical N-Triples.
/// Terms are for people and for results; readers, stores and queries work on <see cref="TermText"/> and <see cref="TermId"/>.
/// </remarks>
public abstract record Term
{
    private protected Term()
    {
    }

    /// <summary>What kind of term this is.</summary>
    public abstract TermKind Kind { get; }

    /// <summary>The term in canonical N-Triples, the text that <see cref="TermText.Parse(ReadOnlySpan{byte})"/> reads.</summary>
    public sealed override string ToString() => TermText.Write(this);
}

/// <summary>The four kinds of RDF terms.</summary>
public enum TermKind : byte
{
    /// <summary>An IRI, absolute.</summary>
    Iri,

    /// <summary>A blank node: a thing without a name outside its data set.</summary>
    BlankNode,

    /// <summary>A literal: a lexical form with a datatype, and perhaps a language and a base direction.</summary>
    Literal,

    /// <summary>A triple used as an object (RDF 1.2).</summary>
    TripleTerm,
}

/// <summary>An absolute IRI (RFC 3987), without angle brackets and escapes.</summary>
/// <param name="Value">The IRI's characters.</param>
public sealed record Iri(string Value) : Term
{
    /// <inheritdoc/>
    public override TermKind Kind => TermKind.Iri;
}

/// <summary>A thing without a name outside its data set.</summary>
/// <param name="Label">The label, without <c>_:</c>; it means something within one data set alone.</param>
public sealed record BlankNode(string Label) : Term
{
    /// <inheritdoc/>
    public override TermKind Kind => TermKind.BlankNode;
}

/// <summary>A triple as a term (RDF 1.2); it says nothing about whether the triple is in a graph.</summary>
/// <param name="Subject">An IRI or a blank node.</param>
/// <param name="Predicate">An IRI.</param>
/// <param name="Object">Any term, another triple term included.</param>
public sealed record TripleTerm(Term Subject, Iri Predicate, Term Object) : Term
{
    /// <inheritdoc/>
    public override TermKind Kind => TermKind.TripleTerm;
}
