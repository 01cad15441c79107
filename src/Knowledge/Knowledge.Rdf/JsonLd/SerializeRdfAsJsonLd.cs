using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Serialize RDF as JSON-LD (JSON-LD 1.1 API, 8.4): an expanded document with the nodes of each graph.</summary>
internal sealed class SerializeRdfAsJsonLd(JsonLdOptions options)
{
    private const string RdfList = RdfVocabulary.Namespace + "List";
    private readonly DistinctValues _distinct = new();
    private readonly RdfToObjectConversion _objects = new(options);
    private readonly Dictionary<string, NodeGraph> _graphs = new(StringComparer.Ordinal) { [Keywords.Default] = [] };
    private readonly Dictionary<string, Usage?> _referencedOnce = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _compounds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Usage>> _nilUsages = new(StringComparer.Ordinal);

    public JsonArray Serialize(IEnumerable<Quad> quads)
    {
        foreach (var quad in quads)
            Add(quad);
        foreach (var (name, graph) in _graphs)
        {
            if (_compounds.TryGetValue(name, out var compounds))
                foreach (var compound in compounds)
                    ConvertCompound(name, compound);
            if (_nilUsages.TryGetValue(name, out var usages))
                foreach (var usage in usages)
                    ConvertList(usage);
        }

        var defaultGraph = _graphs[Keywords.Default];
        foreach (var (name, graph) in _graphs)
            if (name != Keywords.Default)
                defaultGraph[name][Keywords.Graph] = Nodes(graph);
        return Nodes(defaultGraph);
    }

    private static JsonArray Nodes(NodeGraph graph) => new([.. graph.Values.Where(n => n.Count > 1 || !n.ContainsKey(Keywords.Id))]);

    private void Add(Quad quad)
    {
        var name = quad.Graph is null ? Keywords.Default : RdfToObjectConversion.IdOf(quad.Graph);
        if (!_graphs.TryGetValue(name, out var graph))
            _graphs[name] = graph = [];
        if (quad.Graph is not null)
            NodeOf(_graphs[Keywords.Default], name);
        var (subject, predicate) = (RdfToObjectConversion.IdOf(quad.Subject), RdfToObjectConversion.IdOf(quad.Predicate));
        var node = NodeOf(graph, subject);
        if (options.RdfDirection == RdfDirection.CompoundLiteral && predicate == RdfVocabulary.Direction)
        {
            if (!_compounds.TryGetValue(name, out var compounds))
                _compounds[name] = compounds = new(StringComparer.Ordinal);
            compounds.Add(subject);
        }

        if (quad.Object is Iri or BlankNode)
        {
            var id = RdfToObjectConversion.IdOf(quad.Object);
            NodeOf(graph, id);
            if (predicate == RdfVocabulary.Type && !options.UseRdfType)
            {
                _distinct.Add(ValuesOf(node, Keywords.Type), id);
                return;
            }
        }

        var value = _objects.Convert(quad.Object);
        if (_distinct.Add(ValuesOf(node, predicate), value))
            AddUsage(quad.Object, new Usage(name, node, predicate, value));
    }

    private void AddUsage(Term @object, Usage usage)
    {
        if (@object is Iri { Value: RdfVocabulary.Nil })
        {
            if (!_nilUsages.TryGetValue(usage.Graph, out var usages))
                _nilUsages[usage.Graph] = usages = [];
            usages.Add(usage);
        }
        else if (@object is Iri or BlankNode)
        {
            var id = RdfToObjectConversion.IdOf(@object);
            if (_referencedOnce.ContainsKey(id))
                _referencedOnce[id] = null;
            else if (@object is BlankNode)
                _referencedOnce[id] = usage;
        }
    }

    private static JsonObject NodeOf(NodeGraph graph, string id)
    {
        if (!graph.TryGetValue(id, out var node))
            graph[id] = node = new JsonObject { [Keywords.Id] = id };
        return node;
    }

    private static JsonArray ValuesOf(JsonObject node, string property)
    {
        if (node[property] is not JsonArray values)
            node[property] = values = [];
        return values;
    }

    private void ConvertCompound(string graph, string compound)
    {
        if (UsageIn(graph, compound) is not { } usage || !_graphs[graph].Remove(compound, out var node))
            return;
        foreach (var reference in ValuesOf(usage.Node, usage.Property).OfType<JsonObject>().Where(r => r.Text(Keywords.Id) == compound))
        {
            reference.Remove(Keywords.Id);
            reference[Keywords.Value] = First(node, RdfVocabulary.Value)?.DeepClone();
            if (First(node, RdfVocabulary.Language) is { } language)
            {
                reference[Keywords.Language] = language.Text() is { } tag && LanguageTags.IsWellFormed(tag) ? tag
                    : throw new JsonLdException(JsonLdErrorCode.InvalidLanguageTaggedString, $"{language.ToJsonString()} is the language of a string; it is not a language tag.");
            }

            reference[Keywords.Direction] = First(node, RdfVocabulary.Direction).Text() is "ltr" or "rtl" ? First(node, RdfVocabulary.Direction).Text()
                : throw new JsonLdException(JsonLdErrorCode.InvalidBaseDirection, $"{First(node, RdfVocabulary.Direction)?.ToJsonString()} is the direction of a string; it must be \"ltr\" or \"rtl\".");
        }
    }

    /// <summary>Where a blank node is an object, if that is once among all graphs and in this one. The standard does not look at the graph, and moves what another graph says of the node.</summary>
    private Usage? UsageIn(string graph, string id) => _referencedOnce.TryGetValue(id, out var once) && once?.Graph == graph ? once : null;

    private static JsonNode? First(JsonObject node, string property) => (node[property] as JsonArray)?.FirstOrDefault()?[Keywords.Value];

    private void ConvertList(Usage usage)
    {
        var (graph, node, property, head) = usage;
        var nodes = new List<JsonObject>();
        while (property == RdfVocabulary.Rest && node.Text(Keywords.Id) is { } id && BlankNodeIdentifiers.IsBlank(id)
            && UsageIn(graph, id) is { } once && IsListNode(node))
        {
            nodes.Add(node);
            (_, node, property, head) = once;
            if (node.Text(Keywords.Id) is { } next && !BlankNodeIdentifiers.IsBlank(next))
                break;
        }

        if (options.ProcessingMode == JsonLdProcessingMode.JsonLd10 && property == RdfVocabulary.First)
        {
            // JSON-LD 1.0 has no lists in lists: the first node of the inner list stays.
            if (nodes.Count == 0)
                return;
            head = (JsonObject)nodes[^1][RdfVocabulary.Rest]![0]!;
            nodes.RemoveAt(nodes.Count - 1);
        }

        nodes.Reverse();
        head.Remove(Keywords.Id);
        head[Keywords.List] = new JsonArray([.. nodes.Select(n => ((JsonArray)n[RdfVocabulary.First]!).Drain()[0])]);
        foreach (var listed in nodes)
            _graphs[graph].Remove(listed.Text(Keywords.Id)!);
    }

    private static bool IsListNode(JsonObject node) =>
        node[RdfVocabulary.First] is JsonArray { Count: 1 } && node[RdfVocabulary.Rest] is JsonArray { Count: 1 }
        && node.All(e => e.Key is Keywords.Id or RdfVocabulary.First or RdfVocabulary.Rest || (e.Key == Keywords.Type && e.Value is JsonArray { Count: 1 } types && types[0].Text() == RdfList));

    /// <summary>Where a node is an object.</summary>
    private sealed record Usage(string Graph, JsonObject Node, string Property, JsonObject Value);
}

/// <summary>RDF to Object Conversion (JSON-LD 1.1 API, 8.5).</summary>
internal sealed class RdfToObjectConversion(JsonLdOptions options)
{
    private const string I18n = "https://www.w3.org/ns/i18n#";

    public static string IdOf(Term term) => term switch
    {
        Iri iri => iri.Value,
        BlankNode blank => "_:" + blank.Label,
        _ => throw new NotSupportedException($"{term} is a {term.Kind} where JSON-LD 1.1 knows IRIs and blank nodes alone."),
    };

    public JsonObject Convert(Term term)
    {
        if (term is not Literal literal)
            return new JsonObject { [Keywords.Id] = IdOf(term) };
        var result = new JsonObject { [Keywords.Value] = literal.Lexical };
        if (options.UseNativeTypes && Native(literal) is { } native)
            result[Keywords.Value] = native;
        else if (literal.Datatype == RdfVocabulary.Json && options.ProcessingMode != JsonLdProcessingMode.JsonLd10)
            ReadJson(literal, result);
        else if (options.RdfDirection == RdfDirection.I18nDatatype && literal.Datatype.StartsWith(I18n, StringComparison.Ordinal))
            ReadI18n(literal.Datatype[I18n.Length..], result);
        else if (literal.Language is { } language)
            result[Keywords.Language] = language;
        else if (literal.Datatype != XsdVocabulary.String)
            result[Keywords.Type] = literal.Datatype;
        if (literal.Direction is { } direction)
            result[Keywords.Direction] = direction == BaseDirection.LeftToRight ? "ltr" : "rtl";
        return result;
    }

    private static JsonValue? Native(Literal literal) => literal.Datatype switch
    {
        XsdVocabulary.Boolean => literal.Lexical switch { "true" or "1" => JsonValue.Create(true), "false" or "0" => JsonValue.Create(false), _ => null },
        XsdVocabulary.Integer => IsInteger(literal.Lexical) && double.TryParse(literal.Lexical, NumberStyles.Float, CultureInfo.InvariantCulture, out var whole) ? Number(whole) : null,
        XsdVocabulary.Double => double.TryParse(literal.Lexical, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? Number(real) : null,
        _ => null,
    };

    private static bool IsInteger(string lexical) => lexical.AsSpan().TrimStart("+-") is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonNode.Parse(JsonCanonicalization.Number(value))!.AsValue() : null;

    private void ReadJson(Literal literal, JsonObject result)
    {
        try
        {
            result[Keywords.Value] = JsonNode.Parse(literal.Lexical, documentOptions: new JsonDocumentOptions { MaxDepth = options.Limits.MaxDepth });
        }
        catch (JsonException wrong)
        {
            throw new JsonLdException(JsonLdErrorCode.InvalidJsonLiteral, wrong.Message, wrong);
        }

        result[Keywords.Type] = Keywords.Json;
    }

    private static void ReadI18n(string fragment, JsonObject result)
    {
        var mark = fragment.IndexOf('_', StringComparison.Ordinal);
        if (mark != 0)
            result[Keywords.Language] = mark < 0 ? fragment : fragment[..mark];
        if (mark >= 0)
            result[Keywords.Direction] = fragment[(mark + 1)..];
    }
}
