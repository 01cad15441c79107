namespace Knowledge.Rdf;

/// <summary>Names under one IRI, so that code can say <c>family.Triple("ada", "parent", "cleo")</c>.</summary>
/// <param name="Namespace">What each name begins with.</param>
public sealed record Vocabulary(string Namespace)
{
    /// <summary>The IRI of a name.</summary>
    public Iri this[string name] => new(Namespace + name);

    /// <summary>A triple of three names.</summary>
    /// <param name="subject">Name of the subject.</param>
    /// <param name="predicate">Name of the predicate.</param>
    /// <param name="object">Name of the object.</param>
    public Triple Triple(string subject, string predicate, string @object) => new(this[subject], this[predicate], this[@object]);

    /// <summary>A triple whose object is a term of its own, as a literal is.</summary>
    /// <param name="subject">Name of the subject.</param>
    /// <param name="predicate">Name of the predicate.</param>
    /// <param name="object">The object.</param>
    public Triple Triple(string subject, string predicate, Term @object) => new(this[subject], this[predicate], @object);
}
