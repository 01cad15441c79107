using Knowledge.Sparql;
using Knowledge.Store;

namespace Sparql.Benchmarks;

/// <summary>What follows from LUBM's schema, by updates that are repeated until nothing is added: the 13 rules of lubm_rl.rules as SPARQL.</summary>
internal static class Closure
{
    private const string Prefixes = "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ";

    // Head, body. Variables in predicate positions are the schema's.
    private static readonly (string Head, string Body)[] s_rules =
    [
        ("?a rdfs:subClassOf ?c", "?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?c"),
        ("?a rdfs:subPropertyOf ?c", "?a rdfs:subPropertyOf ?b . ?b rdfs:subPropertyOf ?c"),
        ("?a rdfs:subClassOf ?b . ?b rdfs:subClassOf ?a", "?a owl:equivalentClass ?b"),
        ("?x a ?c", "?p rdfs:domain ?c . ?x ?p ?y"),
        ("?y a ?c", "?p rdfs:range ?c . ?x ?p ?y"),
        ("?x ?q ?y", "?p rdfs:subPropertyOf ?q . ?x ?p ?y"),
        ("?x a ?b", "?a rdfs:subClassOf ?b . ?x a ?a"),
        ("?x ?p ?z", "?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z"),
        ("?y ?q ?x", "?p owl:inverseOf ?q . ?x ?p ?y"),
        ("?y ?p ?x", "?p owl:inverseOf ?q . ?x ?q ?y"),
        ("?x a ?r", "?r owl:someValuesFrom ?c . ?r owl:onProperty ?p . ?x ?p ?y . ?y a ?c"),
        ("?x a ?c", "?c owl:intersectionOf ?l . ?l rdf:first ?a . ?l rdf:rest ?m . ?m rdf:first ?b . ?m rdf:rest rdf:nil . ?x a ?a . ?x a ?b"),
        ("?x a ?a . ?x a ?b", "?c owl:intersectionOf ?l . ?l rdf:first ?a . ?l rdf:rest ?m . ?m rdf:first ?b . ?m rdf:rest rdf:nil . ?x a ?c"),
    ];

    /// <summary>Adds what follows.</summary>
    public static void Apply(QuadStore store)
    {
        for (var before = -1L; before != store.Count;)
        {
            before = store.Count;
            foreach (var (head, body) in s_rules)
            {
                // A transaction of its own for each rule, as long as it adds something.
                store.Update($"{Prefixes} INSERT {{ {head} }} WHERE {{ {body} FILTER NOT EXISTS {{ {head} }} }}");
            }
        }
    }
}
