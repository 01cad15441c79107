using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>IRIs of the SHACL vocabulary that the engine reads and writes.</summary>
internal static class ShaclVocabulary
{
    public const string Namespace = "http://www.w3.org/ns/shacl#";
    public const string RdfsClass = "http://www.w3.org/2000/01/rdf-schema#Class";

    public static readonly Iri Type = new(RdfVocabulary.Type);
    public static readonly Iri SubClassOf = new("http://www.w3.org/2000/01/rdf-schema#subClassOf");
    public static readonly Iri Imports = new("http://www.w3.org/2002/07/owl#imports");
    public static readonly Iri Path = Of("path");
    public static readonly Iri Severity = Of("severity");
    public static readonly Iri Message = Of("message");
    public static readonly Iri Deactivated = Of("deactivated");
    public static readonly Iri Property = Of("property");
    public static readonly Iri QualifiedValueShape = Of("qualifiedValueShape");
    public static readonly Iri Violation = Of("Violation");

    public static Iri Of(string name) => new(Namespace + name);
}
