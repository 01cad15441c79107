using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>The keywords of JSON-LD 1.1 (JSON-LD 1.1, 1.7).</summary>
internal static class Keywords
{
    public const string Base = "@base";
    public const string Container = "@container";
    public const string Context = "@context";
    public const string Default = "@default";
    public const string Direction = "@direction";
    public const string Graph = "@graph";
    public const string Id = "@id";
    public const string Import = "@import";
    public const string Included = "@included";
    public const string Index = "@index";
    public const string Json = "@json";
    public const string Language = "@language";
    public const string List = "@list";
    public const string Nest = "@nest";
    public const string None = "@none";
    public const string Null = "@null";
    public const string Any = "@any";
    public const string Prefix = "@prefix";
    public const string Preserve = "@preserve";
    public const string Propagate = "@propagate";
    public const string Protected = "@protected";
    public const string Reverse = "@reverse";
    public const string Set = "@set";
    public const string Type = "@type";
    public const string Value = "@value";
    public const string Version = "@version";
    public const string Vocab = "@vocab";

    private static readonly HashSet<string> s_all = new(StringComparer.Ordinal)
    {
        Base, Container, Context, Default, Direction, Graph, Id, Import, Included, Index, Json, Language, List, Nest, None, Prefix, Preserve, Propagate, Protected,
        Reverse, Set, Type, Value, Version, Vocab,
    };

    public static bool Is(string value) => value.Length > 1 && value[0] == '@' && s_all.Contains(value);

    /// <summary>Whether text looks like a keyword, <c>"@"1*ALPHA</c>: such words are kept for later versions.</summary>
    public static bool HasForm(string value) => value.Length > 1 && value[0] == '@' && !value.AsSpan(1).ContainsAnyExcept(s_letters);

    private static readonly System.Buffers.SearchValues<char> s_letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>A node object's or value object's form, as the algorithms ask for it.</summary>
    public static bool IsValueObject(JsonNode? node) => node is JsonObject map && map.ContainsKey(Value);

    public static bool IsListObject(JsonNode? node) => node is JsonObject map && map.ContainsKey(List);

    public static bool IsNodeObject(JsonNode? node) => node is JsonObject map && !map.ContainsKey(Value) && !map.ContainsKey(List) && !map.ContainsKey(Set);

    /// <summary>A map with <c>@graph</c> and besides it only <c>@id</c>, <c>@index</c> and <c>@context</c>.</summary>
    public static bool IsGraphObject(JsonNode? node) => node is JsonObject map && map.ContainsKey(Graph) && map.All(e => e.Key is Graph or Id or Index or Context);

    public static bool IsSimpleGraphObject(JsonNode? node) => IsGraphObject(node) && !((JsonObject)node!).ContainsKey(Id);
}
