using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using static System.FormattableString;

namespace Hub.Workflows.Yaml;

/// <summary>Turns YAML into nodes with places: interpolated, scalars, tags, doubled keys and merge keys as PyYAML's safe loader has them.</summary>
internal sealed class ConfigReader(string file, Func<string, string?> environment)
{
    private const int MaxNodes = 100_000;
    private const int MaxDepth = 64;
    private const string MergeKey = "<<";

    private readonly List<WorkflowMistake> _mistakes = [];
    private readonly List<WorkflowMistake> _warnings = [];
    private readonly Dictionary<string, (ConfigNode Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private InterpolatedText _source = new("", static _ => null);
    private Parser _parser = new(new StringReader(""));
    private int _nodes;

    public IReadOnlyList<WorkflowMistake> Mistakes => _mistakes;

    public IReadOnlyList<WorkflowMistake> Warnings => _warnings;

    /// <summary>The file's mapping, or null with mistakes.</summary>
    public ConfigMap? Read(string yaml)
    {
        _source = new InterpolatedText(yaml.TrimStart('\uFEFF').ReplaceLineEndings("\n"), environment);
        _parser = new Parser(new Scanner(new StringReader(_source.Text), skipComments: true));
        try
        {
            return ReadDocument();
        }
        catch (UnreadableException unreadable)
        {
            Add(unreadable.Line, unreadable.Key, unreadable.Message);
        }
        catch (YamlException broken)
        {
            // The library names the line before a tab.
            if (TabbedLine() is { } tabbed && Math.Abs(_source.Line(tabbed) - _source.Line(broken.Start.Index)) <= 1)
                Broken(_source.Line(tabbed), "a tab stands in the indentation, where YAML takes spaces alone");
            else
                Broken(_source.Line(broken.Start.Index), broken.Message.TrimEnd('.'));
        }
        catch (Exception) when (_parser.Current is not null)
        {
            // The library fails with exceptions of any kind on some broken files, e.g. on a bracket that is not closed.
            Broken(_source.Line(_parser.Current.End.Index), "a bracket, quote or colon is missing near here");
        }

        return null;
    }

    /// <summary>Where the first line with a tab in its indentation begins; null for none.</summary>
    private long? TabbedLine()
    {
        for (var start = 0; start >= 0 && start < _source.Text.Length; start = _source.Text.IndexOf('\n', start) + 1)
        {
            if (_source.Text.AsSpan(start).TrimStart(' ') is ['\t', ..])
                return start;
            if (_source.Text.IndexOf('\n', start) < 0)
                break;
        }

        return null;
    }

    private void Broken(int line, string reason)
    {
        var references = _source.ReferencesAt(line);
        Add(line, "", references.Count == 0
            ? $"This is no YAML: {reason}. Mend the line, or quote its value."
            : $"This is no YAML once {string.Join(" and ", references)} is filled in. Quote it: \"{references[0]}\".");
    }

    private ConfigMap? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        var root = _parser.TryConsume<DocumentStart>(out _) ? Node("", 0, null) : null;
        if (root is null or ConfigScalar { Value.ValueKind: System.Text.Json.JsonValueKind.Null })
            Add(0, "", "The file holds nothing; a workflow file is a mapping with a 'workflow' section.");
        else if (root is not ConfigMap)
            Add(0, "", $"The file holds {(root is ConfigList ? "a list" : "a scalar")}; a workflow file is a mapping with a 'workflow' section.");
        if (root is not null)
        {
            _parser.Consume<DocumentEnd>();
            if (_parser.TryConsume<DocumentStart>(out var second))
                Add(Line(second), "", "A second document begins here; a workflow file is one. Take away the '---' and what follows.");
        }

        return root as ConfigMap;
    }

    /// <param name="key">Path of the node.</param>
    /// <param name="depth">How deep it lies.</param>
    /// <param name="keyLine">Line of its key, which a mapping or list takes for its own.</param>
    private ConfigNode Node(string key, int depth, int? keyLine)
    {
        var at = Line(_parser.Current!);
        if (depth > MaxDepth)
            throw new UnreadableException(at, key, $"The file nests deeper than {MaxDepth} levels. Write it flatter.");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
            return Alias(alias, key);
        var before = _nodes;
        Count(1, at, key);
        var start = _parser.Current as NodeEvent;
        ConfigNode node = start switch
        {
            YamlDotNet.Core.Events.Scalar => Leaf(_parser.Consume<Scalar>(), key),
            SequenceStart => List(keyLine ?? at, key, depth),
            MappingStart => Map(keyLine ?? at, key, depth),
            _ => throw new UnreadableException(at, key, "A value is missing here."),
        };
        if (start is not null && !start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = (node, _nodes - before);
        return node;
    }

    private ConfigNode Alias(AnchorAlias alias, string key)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchored))
            throw new UnreadableException(Line(alias), key, $"The alias '*{alias.Value.Value}' has no anchor '&{alias.Value.Value}' before it. Write one, or the value itself.");
        Count(anchored.Size, Line(alias), key); // what aliases stand for counts as if it were written out
        return anchored.Node;
    }

    private ConfigScalar Leaf(Scalar scalar, string key)
    {
        var line = Line(scalar);
        var reference = _source.Reference(scalar.Start.Index, scalar.End.Index, scalar.Value);
        try
        {
            var value = YamlTags.Resolve(scalar.Tag.IsEmpty ? null : scalar.Tag.Value, scalar.Value, scalar.Style == ScalarStyle.Plain);
            if (value.ValueKind != System.Text.Json.JsonValueKind.String || !Interpolation.Refers(scalar.Value))
                return new ConfigScalar(line, scalar.Value, value, reference);
            var filled = Interpolation.Fill(scalar.Value, environment); // a variable may hold a reference itself
            return new ConfigScalar(line, filled, YamlScalars.Text(filled), reference ?? scalar.Value);
        }
        catch (FormatException wrong)
        {
            Add(line, key, reference is null ? wrong.Message : $"The value of {reference} is no scalar of YAML. Quote it: \"{reference}\".");
            return new ConfigScalar(line, scalar.Value, YamlScalars.Text(scalar.Value), reference);
        }
    }

    private ConfigList List(int line, string key, int depth)
    {
        CheckTag(_parser.Consume<SequenceStart>().Tag, YamlTags.Sequence, line, key);
        List<ConfigNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(Invariant($"{key}[{items.Count}]"), depth + 1, null));
        return new ConfigList(line, items);
    }

    private ConfigMap Map(int line, string key, int depth)
    {
        CheckTag(_parser.Consume<MappingStart>().Tag, YamlTags.Mapping, line, key);
        List<KeyValuePair<string, ConfigNode>> own = [], merged = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var nameLine = Line(_parser.Current!);
            if (!_parser.TryConsume<Scalar>(out var name))
                throw new UnreadableException(nameLine, key, "A key is a list, a mapping or an alias; it must be text.");
            var path = key.Length == 0 ? name.Value : $"{key}.{name.Value}";
            if (name is { Value: MergeKey, Style: ScalarStyle.Plain })
                merged.AddRange(Merged(Node(path, depth + 1, nameLine), nameLine, path));
            else
                own.Add(new(name.Value, Node(path, depth + 1, nameLine)));
        }

        Dictionary<string, ConfigNode> members = new(StringComparer.Ordinal);
        foreach (var (name, node) in merged)
            members[name] = node;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (name, node) in own)
        {
            if (!seen.Add(name))
                _warnings.Add(new WorkflowMistake(file, node.Line, key.Length == 0 ? name : $"{key}.{name}", "This key is written twice; the last one counts. Take one of them away."));
            members[name] = node;
        }

        return new ConfigMap(line, members);
    }

    /// <summary>What a merge key adds: of several mappings the first wins, so the last comes first here.</summary>
    private static IEnumerable<KeyValuePair<string, ConfigNode>> Merged(ConfigNode value, int line, string key)
    {
        var sources = value is ConfigList list ? list.Items.Reverse() : [value];
        foreach (var source in sources)
        {
            if (source is not ConfigMap map)
                throw new UnreadableException(line, key, "'<<' merges a mapping or a list of them; something else stands here. Refer to a mapping with an alias.");
            foreach (var member in map.Members)
                yield return member;
        }
    }

    private void CheckTag(TagName tag, string expected, int line, string key)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != expected)
            Add(line, key, $"The tag '{tag.Value}' cannot stand here. Take it away.");
    }

    private void Count(int size, int line, string key)
    {
        if (size > MaxNodes - _nodes)
            throw new UnreadableException(line, key, Invariant($"The file has more than {MaxNodes:N0} values, aliases written out. Write it smaller."));
        _nodes += size;
    }

    private int Line(ParsingEvent at) => _source.Line(at.Start.Index);

    private void Add(int line, string key, string message) => _mistakes.Add(new WorkflowMistake(file, line, key, message));

    /// <summary>Nothing sensible can be read after this.</summary>
    private sealed class UnreadableException(int line, string key, string message) : Exception(message)
    {
        public int Line => line;

        public string Key => key;
    }
}
