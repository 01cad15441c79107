using System.Collections.Immutable;
using System.Text;

namespace Knowledge.Rules;

/// <summary>Reads texts line by line for what stands before rules: comments, prefixes and includes. What is left goes to the <see cref="RuleParser"/>.</summary>
/// <remarks>Source: Jena's documentation of its rule files. Prefixes hold for the whole text wherever they stand; included rules come first.</remarks>
internal sealed class RuleReader
{
    private readonly RuleReaderOptions _options;
    private readonly HashSet<string> _including = [];
    private readonly ImmutableArray<Rule>.Builder _rules = ImmutableArray.CreateBuilder<Rule>();
    private ImmutableSortedDictionary<string, string> _prefixes;

    private RuleReader(IReadOnlyDictionary<string, string>? prefixes, RuleReaderOptions options)
    {
        _prefixes = RulePrefixes.With(prefixes);
        _options = options;
    }

    /// <summary>Reads a text and what it includes.</summary>
    public static RuleSet Read(RuleDocument document, IReadOnlyDictionary<string, string>? prefixes, RuleReaderOptions options)
    {
        var reader = new RuleReader(prefixes, options);
        reader.Read(document, reader._prefixes, 0);
        return new RuleSet(reader._rules.ToImmutable(), reader._prefixes);
    }

    private void Read(RuleDocument document, ImmutableSortedDictionary<string, string> prefixes, int depth)
    {
        var rest = new StringBuilder(document.Text.Length);
        var includes = new List<(string Name, RuleOrigin Origin)>();
        var number = 0;
        foreach (var raw in document.Text.Split('\n'))
        {
            var origin = new RuleOrigin(document.Source, ++number);
            if (number > 1)
                rest.Append('\n');
            var line = raw.Trim();
            if (TryDirective(line, "@prefix", out var declaration))
                prefixes = Declared(declaration, prefixes, origin);
            else if (TryDirective(line, "@include", out var included))
                includes.Add((InBrackets(included, "@include <RDFS> or @include <file:other.rules>", origin), origin));
            else if (!raw.StartsWith('#') && !line.StartsWith("//", StringComparison.Ordinal))
                rest.Append(raw);
        }

        foreach (var (name, origin) in includes)
            Include(name, origin, prefixes, depth);
        _prefixes = _prefixes.SetItems(prefixes);
        RuleParser.Parse(document with { Text = rest.ToString() }, prefixes, _options.MaxDepth, _rules);
    }

    private void Include(string name, RuleOrigin origin, ImmutableSortedDictionary<string, string> prefixes, int depth)
    {
        if (depth == _options.MaxIncludeDepth)
            throw new RuleSyntaxException($"Includes stand more than {_options.MaxIncludeDepth} deep (MaxIncludeDepth).", origin);
        if (!_including.Add(name))
            throw new RuleSyntaxException($"<{name}> includes itself.", origin);
        RuleDocument? document;
        try
        {
            document = _options.Include?.Invoke(name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RuleSyntaxException($"<{name}> cannot be read: {failure.Message}", origin, inner: failure);
        }

        Read(document ?? throw new RuleSyntaxException($"No rules are known by <{name}>. Includes need a file: IRI of a file that is there, or a name that the program knows.", origin),
            prefixes, depth + 1);
        _including.Remove(name);
    }

    private static bool TryDirective(string line, string word, out string rest)
    {
        rest = line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..].Trim() : "";
        return line.StartsWith(word, StringComparison.Ordinal);
    }

    /// <summary><c>p: &lt;iri&gt;</c>, perhaps with a full stop.</summary>
    private static ImmutableSortedDictionary<string, string> Declared(string declaration, ImmutableSortedDictionary<string, string> prefixes, RuleOrigin origin)
    {
        const string Form = "@prefix p: <iri>";
        var colon = declaration.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            throw new RuleSyntaxException($"'@prefix {declaration}' has no colon; what is needed is {Form}.", origin);
        return prefixes.SetItem(declaration[..colon].Trim(), InBrackets(declaration[(colon + 1)..].Trim(), Form, origin));
    }

    private static string InBrackets(string text, string form, RuleOrigin origin)
    {
        var end = text.IndexOf('>', StringComparison.Ordinal);
        if (!text.StartsWith('<') || end < 0 || text[(end + 1)..].Trim() is not ("" or "."))
            throw new RuleSyntaxException($"Found '{text}' where an IRI in angle brackets is needed, as in {form}.", origin);
        return text[1..end];
    }
}
