using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Takes the calls of property functions out of a basic graph pattern, with the triples of their lists.</summary>
internal static class FunctionPatterns
{
    /// <summary>The calls, and the triples that are none.</summary>
    /// <param name="triples">A basic graph pattern.</param>
    /// <param name="functions">Functions by IRI.</param>
    public static (List<(IPropertyFunction Function, IReadOnlyList<PatternTerm> Outputs, IReadOnlyList<PatternTerm> Arguments)> Calls, List<TriplePattern> Triples) Split(
        IReadOnlyList<TriplePattern> triples, IReadOnlyDictionary<string, IPropertyFunction> functions)
    {
        List<TriplePattern> rest = [.. triples];
        List<(IPropertyFunction, IReadOnlyList<PatternTerm>, IReadOnlyList<PatternTerm>)> calls = [];
        if (functions.Count == 0)
            return (calls, rest);
        foreach (var triple in triples)
        {
            if (triple.Predicate is not Constant { Value: Iri iri } || !functions.TryGetValue(iri.Value, out var function))
                continue;
            rest.Remove(triple);
            var outputs = Members(triple.Subject, rest);
            if (outputs.Count > function.Width)
                throw new PropertyFunctionException(iri.Value, $"There are {outputs.Count} terms on its left; it gives at most {function.Width}.");
            calls.Add((function, outputs, Members(triple.Object, rest)));
        }

        return (calls, rest);
    }

    // The members of a list that the pattern spells out, or the one term. The list's triples are taken away.
    private static List<PatternTerm> Members(PatternTerm node, List<TriplePattern> triples)
    {
        List<PatternTerm> members = [];
        for (var at = node; ;)
        {
            if (at is Constant { Value: Iri { Value: RdfVocabulary.Nil } })
                return members;
            var (first, rest) = (Of(at, RdfVocabulary.First, triples), Of(at, RdfVocabulary.Rest, triples));
            if (first is null || rest is null)
                return [node];
            triples.Remove(first);
            triples.Remove(rest);
            members.Add(first.Object);
            at = rest.Object;
        }
    }

    private static TriplePattern? Of(PatternTerm subject, string predicate, List<TriplePattern> triples) =>
        triples.Find(t => t.Path is null && t.Subject.Equals(subject) && t.Predicate is Constant { Value: Iri iri } && iri.Value == predicate && subject is Variable);
}
