using Knowledge.Rdf;

namespace Conformance.Tests.Rdf;

/// <summary>Triples that hold in every interpretation.</summary>
/// <remarks>Source: RDF 1.1 Semantics, sections 8 and 9; RDF 1.2 Semantics for <c>rdf:reifies</c> and <c>rdfs:Proposition</c>.</remarks>
internal static class EntailmentAxioms
{
    private const string Prefixes = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n";

    /// <summary>Those of RDF.</summary>
    public static Dataset Rdf { get; } = Dataset.Parse(Prefixes + """
        rdf:type a rdf:Property . rdf:subject a rdf:Property . rdf:predicate a rdf:Property . rdf:object a rdf:Property .
        rdf:first a rdf:Property . rdf:rest a rdf:Property . rdf:value a rdf:Property . rdf:nil a rdf:List .
        rdf:reifies a rdf:Property .
        """, RdfFormat.Turtle);

    /// <summary>Those of RDF Schema.</summary>
    public static Dataset Rdfs { get; } = Dataset.Parse(Prefixes + """
        rdf:type rdfs:domain rdfs:Resource ; rdfs:range rdfs:Class .
        rdfs:domain rdfs:domain rdf:Property ; rdfs:range rdfs:Class .
        rdfs:range rdfs:domain rdf:Property ; rdfs:range rdfs:Class .
        rdfs:subPropertyOf rdfs:domain rdf:Property ; rdfs:range rdf:Property .
        rdfs:subClassOf rdfs:domain rdfs:Class ; rdfs:range rdfs:Class .
        rdf:subject rdfs:domain rdf:Statement ; rdfs:range rdfs:Resource .
        rdf:predicate rdfs:domain rdf:Statement ; rdfs:range rdfs:Resource .
        rdf:object rdfs:domain rdf:Statement ; rdfs:range rdfs:Resource .
        rdfs:member rdfs:domain rdfs:Resource ; rdfs:range rdfs:Resource .
        rdf:first rdfs:domain rdf:List ; rdfs:range rdfs:Resource .
        rdf:rest rdfs:domain rdf:List ; rdfs:range rdf:List .
        rdfs:seeAlso rdfs:domain rdfs:Resource ; rdfs:range rdfs:Resource .
        rdfs:isDefinedBy rdfs:domain rdfs:Resource ; rdfs:range rdfs:Resource ; rdfs:subPropertyOf rdfs:seeAlso .
        rdfs:comment rdfs:domain rdfs:Resource ; rdfs:range rdfs:Literal .
        rdfs:label rdfs:domain rdfs:Resource ; rdfs:range rdfs:Literal .
        rdf:value rdfs:domain rdfs:Resource ; rdfs:range rdfs:Resource .
        rdf:Alt rdfs:subClassOf rdfs:Container . rdf:Bag rdfs:subClassOf rdfs:Container . rdf:Seq rdfs:subClassOf rdfs:Container .
        rdfs:ContainerMembershipProperty rdfs:subClassOf rdf:Property .
        rdfs:Datatype rdfs:subClassOf rdfs:Class .
        rdf:reifies rdfs:range rdfs:Proposition .
        """, RdfFormat.Turtle);
}
