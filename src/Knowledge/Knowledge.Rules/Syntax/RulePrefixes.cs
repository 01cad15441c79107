using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Prefixes that every text of rules knows.</summary>
internal static class RulePrefixes
{
    /// <summary>The built-in ones, as in Jena 4.5.</summary>
    public static readonly ImmutableSortedDictionary<string, string> BuiltIn = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
    {
        ["rdf"] = RdfVocabulary.Namespace,
        ["rdfs"] = "http://www.w3.org/2000/01/rdf-schema#",
        ["owl"] = "http://www.w3.org/2002/07/owl#",
        ["xsd"] = XsdVocabulary.Namespace,
        ["rb"] = "urn:x-hp-jena:rubrik/",
        ["jr"] = "http://jena.hpl.hp.com/2003/RuleReasoner#",
        ["drdfs"] = "urn:x-hp-direct-predicate:http_//www.w3.org/2000/01/rdf-schema#",
        ["eg"] = "urn:x-hp:eg/",
    });

    private static readonly string[] s_schemes = ["http", "https", "urn", "file", "ftp", "mailto"];

    /// <summary>The built-in ones and others, which win.</summary>
    public static ImmutableSortedDictionary<string, string> With(IReadOnlyDictionary<string, string>? others) => others is null ? BuiltIn : BuiltIn.SetItems(others);

    /// <summary>Those that proofs of a source are written with: of its rules, of the graphs that it lies on, and of what they infer from. The upper ones win.</summary>
    public static ImmutableSortedDictionary<string, string> Of(IQuadSource source) => source switch
    {
        InferredGraph graph => Of(graph.Source).SetItems(graph.Rules.Prefixes),
        PastGraph past => Of(past.Graph),
        BackwardGraph graph => Of(graph.Source).SetItems(graph.Rules.Prefixes),
        _ => With(source.Prefixes),
    };

    /// <summary>Whether a name with a colon may be an IRI as it stands.</summary>
    public static bool IsScheme(string scheme) => s_schemes.Contains(scheme);
}
