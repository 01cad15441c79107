using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Knowledge.Rules;

/// <summary>Rule sets that are called by a name, in <see cref="RuleSet.Named"/> and in <c>@include &lt;NAME&gt;</c>.</summary>
internal static class NamedRuleSets
{
    private static readonly FrozenDictionary<string, string> s_files = new Dictionary<string, string>
    {
        ["owl"] = "owl.rules",
        ["owl-micro"] = "owl-micro.rules",
        ["owl-mini"] = "owl-mini.rules",
        ["owlmicro"] = "owl-micro.rules", // as in Jena's @include
        ["owlmini"] = "owl-mini.rules",
        ["direct"] = "direct.rules",
        ["owl2rl"] = "owl2rl.rules",
        ["owl2rl-extended"] = "owl2rl-extended.rules",
        ["rdf"] = "rdf.rules",
        ["rdfs"] = "rdfs.rules",
        ["rdfs-containers"] = "rdfs-containers.rules",
        ["rdfs-entailment"] = "rdfs-entailment.rules",
        ["rdfs-everything"] = "rdfs-everything.rules",
        ["rdfs-extensional"] = "rdfs-extensional.rules",
        ["rdfs-full"] = "rdfs-full.rules",
        ["rdfs-simple"] = "rdfs-simple.rules",
        ["transitive"] = "transitive.rules",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<string, RuleSet> s_parsed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The rule set of a name, in upper or lower case.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static RuleSet Find(string name) => s_parsed.GetOrAdd(name, n => Document(n) is { } document
        ? RuleSet.Parse(document.Text, null, new RuleReaderOptions { Source = document.Source })
        : throw new ArgumentException($"There is no rule set '{n}'. There are {string.Join(", ", Names)}.", nameof(name)));

    /// <summary>The text of a name; null where there is none.</summary>
    public static RuleDocument? Document(string name)
    {
        if (!s_files.TryGetValue(name, out var file))
            return null;
        using var stream = typeof(NamedRuleSets).Assembly.GetManifestResourceStream("Knowledge.Rules.Configurations." + file)!;
        using var reader = new StreamReader(stream);
        return new RuleDocument(reader.ReadToEnd(), file);
    }
}
