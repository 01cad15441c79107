using global::Knowledge.Rdf;

namespace Hub.Cli.Commands.Knowledge;

/// <summary>Terms as people write them: prefixed names, numbers without their datatype.</summary>
internal sealed class TermNames(IReadOnlyDictionary<string, string> prefixes)
{
    private readonly PrefixMap _names = prefixes.Aggregate(new PrefixMap(), (map, p) => map.Add(p.Key, p.Value));

    /// <summary>A term's short form.</summary>
    public string Of(Term term) => term switch
    {
        Iri iri when _names.TryShorten(iri.Value, out var name) => name,
        Literal { Language: null } literal when literal.Datatype is XsdVocabulary.Integer or XsdVocabulary.Decimal or XsdVocabulary.Double or XsdVocabulary.Boolean => literal.Lexical,
        Literal { Language: null } literal when literal.Datatype != XsdVocabulary.String && _names.TryShorten(literal.Datatype, out var name) => $"{new Literal(literal.Lexical)}^^{name}",
        _ => term.ToString(),
    };
}
