using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Rules in the order of their text, those of included texts first.</summary>
public sealed class RuleSet
{
    /// <summary>These rules.</summary>
    /// <param name="rules">Rules.</param>
    /// <param name="prefixes">Prefixes to print them with; null for the built-in ones alone.</param>
    public RuleSet(IEnumerable<Rule> rules, IReadOnlyDictionary<string, string>? prefixes = null)
    {
        Rules = [.. rules];
        Prefixes = RulePrefixes.With(prefixes);
    }

    /// <summary>In the order of the text, those of included texts first.</summary>
    public ImmutableArray<Rule> Rules { get; }

    /// <summary>Prefixes of the text, those that were passed in and the built-in ones.</summary>
    public IReadOnlyDictionary<string, string> Prefixes { get; }

    /// <summary>Reads rules.</summary>
    /// <param name="text">Rules in Jena's text format.</param>
    /// <param name="prefixes">Prefixes that the text need not declare, as <c>store.Prefixes</c>; null for none.</param>
    /// <param name="options">Includes and limits; null for the defaults.</param>
    /// <exception cref="RuleSyntaxException">The text is not rules.</exception>
    public static RuleSet Parse(string text, IReadOnlyDictionary<string, string>? prefixes = null, RuleReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new RuleReaderOptions();
        return RuleReader.Read(new RuleDocument(text, options.Source), prefixes, options);
    }

    /// <summary>Names of the rule sets that come with this library, in lower case.</summary>
    public static IReadOnlyList<string> Names => NamedRuleSets.Names;

    /// <summary>A rule set that comes with this library, as <c>owl2rl</c> or <c>rdfs</c>.</summary>
    /// <param name="name">Its name, in upper or lower case.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message names all.</exception>
    public static RuleSet Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return NamedRuleSets.Find(name);
    }

    /// <summary>Reads a file of rules. Includes by <c>file:</c> are found from the file's folder, others by the options.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">Includes and limits; null for the defaults.</param>
    /// <exception cref="RuleSyntaxException">The file is not rules.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RuleSet Load(string path, RuleReaderOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new RuleReaderOptions();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var named = options.Include;
        options = options with { Source = options.Source ?? path, Include = name => named?.Invoke(name) ?? FromFile(folder, name) };
        return Parse(File.ReadAllText(path), options.Prefixes, options);
    }

    /// <summary>All rules as text, with a declaration for each prefix that is not built in.</summary>
    public override string ToString() => RuleWriter.Write(this);

    private static RuleDocument? FromFile(string folder, string name)
    {
        const string Scheme = "file:";
        if (!name.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        var path = Path.GetFullPath(name[Scheme.Length..].Replace("///", "/", StringComparison.Ordinal), folder);
        return File.Exists(path) ? new RuleDocument(File.ReadAllText(path), path) : null;
    }
}
