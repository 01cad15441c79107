using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Container mappings; a term may have several.</summary>
[Flags]
internal enum Containers
{
    None = 0,
    Graph = 1,
    Id = 2,
    Index = 4,
    Language = 8,
    List = 16,
    Set = 32,
    Type = 64,
}

/// <summary>What a term stands for (JSON-LD 1.1 API, 4.1). Where null has a meaning of its own, a flag says that a value was given.</summary>
internal sealed record TermDefinition
{
    public string? IriMapping { get; set; }

    public bool IsPrefix { get; set; }

    /// <summary>Whether compact IRIs are expanded with it though it is no prefix, as in JSON-LD 1.0.</summary>
    public bool ExpandsAnySuffix { get; init; }

    public bool IsProtected { get; set; }

    public bool IsReverse { get; set; }

    public string? BaseUrl { get; set; }

    public bool HasContext { get; set; }

    public JsonNode? Context { get; set; }

    public Containers Container { get; set; }

    public bool HasDirection { get; set; }

    public string? Direction { get; set; }

    public string? IndexMapping { get; set; }

    public bool HasLanguage { get; set; }

    public string? Language { get; set; }

    public string? Nest { get; set; }

    public string? TypeMapping { get; set; }

    /// <summary>Whether two definitions are the same, protection aside.</summary>
    public bool SameAs(TermDefinition other) =>
        JsonNode.DeepEquals(Context, other.Context) && this with { Context = null, IsProtected = false, BaseUrl = null } == (other with { Context = null, IsProtected = false, BaseUrl = null });
}
