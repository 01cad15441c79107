using System.Globalization;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Generate Blank Node Identifier (JSON-LD 1.1 API, 7.4).</summary>
/// <param name="scope">What labels begin with so that those of several documents do not meet, or nothing.</param>
internal sealed class BlankNodeIdentifiers(string scope = "")
{
    private readonly string _start = scope.Length == 0 ? "_:b" : $"_:{scope}-b";
    private readonly Dictionary<string, string> _map = new(StringComparer.Ordinal);
    private long _next;

    public string Generate() => string.Create(CultureInfo.InvariantCulture, $"{_start}{_next++}");

    public string Generate(string identifier) => _map.TryGetValue(identifier, out var known) ? known : _map[identifier] = Generate();

    /// <summary>The identifier renamed if it is one of a blank node, or the IRI as it is.</summary>
    public string Relabel(string id) => IsBlank(id) ? Generate(id) : id;

    public static bool IsBlank(string id) => id.StartsWith("_:", StringComparison.Ordinal);
}
