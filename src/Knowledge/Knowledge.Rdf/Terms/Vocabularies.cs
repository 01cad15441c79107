namespace Knowledge.Rdf;

/// <summary>IRIs of the RDF vocabulary.</summary>
public static class RdfVocabulary
{
    /// <summary>The vocabulary's own IRI.</summary>
    public const string Namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// <summary><c>rdf:type</c>.</summary>
    public const string Type = Namespace + "type";

    /// <summary><c>rdf:langString</c>, the datatype of literals with a language.</summary>
    public const string LangString = Namespace + "langString";

    /// <summary><c>rdf:dirLangString</c>, the datatype of literals with a language and a direction.</summary>
    public const string DirLangString = Namespace + "dirLangString";

    /// <summary><c>rdf:first</c>.</summary>
    public const string First = Namespace + "first";

    /// <summary><c>rdf:rest</c>.</summary>
    public const string Rest = Namespace + "rest";

    /// <summary><c>rdf:nil</c>, the empty list.</summary>
    public const string Nil = Namespace + "nil";

    /// <summary><c>rdf:value</c>.</summary>
    public const string Value = Namespace + "value";

    /// <summary><c>rdf:language</c>, of a string that is a node (JSON-LD 1.1).</summary>
    public const string Language = Namespace + "language";

    /// <summary><c>rdf:direction</c>, of a string that is a node (JSON-LD 1.1).</summary>
    public const string Direction = Namespace + "direction";

    /// <summary><c>rdf:JSON</c>, the datatype of literals that are JSON.</summary>
    public const string Json = Namespace + "JSON";

    /// <summary><c>rdf:reifies</c> (RDF 1.2).</summary>
    public const string Reifies = Namespace + "reifies";
}

/// <summary>IRIs of the XML Schema datatypes.</summary>
public static class XsdVocabulary
{
    /// <summary>The vocabulary's own IRI.</summary>
    public const string Namespace = "http://www.w3.org/2001/XMLSchema#";

    /// <summary><c>xsd:string</c>.</summary>
    public const string String = Namespace + "string";

    /// <summary><c>xsd:boolean</c>.</summary>
    public const string Boolean = Namespace + "boolean";

    /// <summary><c>xsd:integer</c>.</summary>
    public const string Integer = Namespace + "integer";

    /// <summary><c>xsd:decimal</c>.</summary>
    public const string Decimal = Namespace + "decimal";

    /// <summary><c>xsd:double</c>.</summary>
    public const string Double = Namespace + "double";

    /// <summary><c>xsd:date</c>.</summary>
    public const string Date = Namespace + "date";

    /// <summary><c>xsd:dateTime</c>.</summary>
    public const string DateTime = Namespace + "dateTime";
}
