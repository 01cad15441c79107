using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Where a context stands that is being processed.</summary>
/// <param name="RemoteContexts">Remote contexts on the way to this one.</param>
/// <param name="Used">Counts the remote contexts of the whole.</param>
/// <param name="OverrideProtected">Whether protected terms may be changed.</param>
/// <param name="Propagate">Whether the result holds for node objects within.</param>
/// <param name="ValidateScoped">Whether scoped contexts are looked into even where that would never end.</param>
internal sealed record ContextScope(
    IReadOnlyList<string> RemoteContexts, ContextScope.Counter Used, bool OverrideProtected = false, bool Propagate = true, bool ValidateScoped = true)
{
    public static ContextScope Start(bool overrideProtected = false, bool propagate = true) => new([], new Counter(), overrideProtected, propagate);

    public sealed class Counter
    {
        public int Contexts { get; set; }

        public int Depth { get; set; }
    }
}

/// <summary>Context Processing Algorithm (JSON-LD 1.1 API, 4.1): an active context and a local context make a new active context.</summary>
internal sealed class ContextProcessing(JsonLdOptions options)
{
    private const int RememberedContexts = 1024;
    private const string ContextProfile = "http://www.w3.org/ns/json-ld#context";
    private readonly Dictionary<string, RemoteDocument> _dereferenced = new(StringComparer.Ordinal);
    private readonly Dictionary<(ActiveContext, JsonNode, bool, bool), ActiveContext> _scoped = [];

    public bool Is10 => options.ProcessingMode == JsonLdProcessingMode.JsonLd10;

    public JsonLdLimits Limits => options.Limits;

    /// <summary>The context scoped to a term, over an active context; the same question has the same answer.</summary>
    public ActiveContext Scoped(ActiveContext active, TermDefinition term, bool overrideProtected = false, bool propagate = true)
    {
        if (term.Context is not { } local)
            return Process(active, null, term.BaseUrl, ContextScope.Start(overrideProtected, propagate));
        var key = (active, local, overrideProtected, propagate);
        if (_scoped.TryGetValue(key, out var known))
            return known;
        if (_scoped.Count >= RememberedContexts)
            _scoped.Clear();
        return _scoped[key] = Process(active, local, term.BaseUrl, ContextScope.Start(overrideProtected, propagate));
    }

    public ActiveContext Process(ActiveContext active, JsonNode? local, string? baseUrl, ContextScope? scope = null)
    {
        scope ??= ContextScope.Start();
        if (local is JsonObject map && map.TryGetPropertyValue(Keywords.Propagate, out var flag) && flag.IsBoolean(out var propagate))
            scope = scope with { Propagate = propagate };
        var result = active.Clone();
        if (!scope.Propagate)
            result.Previous ??= active;
        foreach (var context in local.Items())
        {
            result = context switch
            {
                null => Nullify(result, active, scope),
                JsonObject definition => Define(result, definition, baseUrl, scope),
                _ when context.IsString(out var reference) => ProcessRemote(result, reference, baseUrl, scope),
                _ => throw new JsonLdException(JsonLdErrorCode.InvalidLocalContext, $"{context.ToJsonString()} is not a context; it must be a map, an IRI, null or an array of these."),
            };
        }

        return result;
    }

    private static ActiveContext Nullify(ActiveContext result, ActiveContext active, ContextScope scope)
    {
        if (!scope.OverrideProtected && result.HasProtectedTerms)
            throw new JsonLdException(JsonLdErrorCode.InvalidContextNullification, "null would clear protected terms.");
        return new ActiveContext(active.OriginalBaseUrl) { Previous = scope.Propagate ? null : result };
    }

    private ActiveContext ProcessRemote(ActiveContext result, string reference, string? baseUrl, ContextScope scope)
    {
        var url = Resolve(reference, baseUrl);
        if (!scope.ValidateScoped && scope.RemoteContexts.Contains(url))
            return result;
        if (Is10 && scope.RemoteContexts.Contains(url))
            throw new JsonLdException(JsonLdErrorCode.RecursiveContextInclusion, $"<{url}> includes itself.");
        if (++scope.Used.Contexts > options.Limits.MaxContexts)
            throw new JsonLdException(JsonLdErrorCode.ContextOverflow, $"more than {options.Limits.MaxContexts} remote contexts (JsonLdLimits.MaxContexts); the last is <{url}>.");
        var (loaded, documentUrl) = Dereference(url);
        return Process(result, loaded, documentUrl, new ContextScope([.. scope.RemoteContexts, url], scope.Used, ValidateScoped: scope.ValidateScoped));
    }

    private static string Resolve(string reference, string? baseUrl)
    {
        if (baseUrl is null && !IriReference.IsAbsolute(reference))
            throw new JsonLdException(JsonLdErrorCode.LoadingDocumentFailed, $"the context '{reference}' is relative and the document has no base IRI.");
        return baseUrl is null ? reference : IriReference.Resolve(baseUrl, reference);
    }

    private (JsonNode? Context, string? Url) Dereference(string url)
    {
        if (!_dereferenced.TryGetValue(url, out var document))
        {
            try
            {
                document = options.DocumentLoader.Load(url, new DocumentRequest(options.Limits, Profile: ContextProfile, RequestProfile: ContextProfile));
            }
            catch (JsonLdException failure)
            {
                throw new JsonLdException(JsonLdErrorCode.LoadingRemoteContextFailed, failure.Message, failure);
            }

            _dereferenced[url] = document;
        }

        if (document.Document is not JsonObject map || !map.TryGetPropertyValue(Keywords.Context, out var context))
            throw new JsonLdException(JsonLdErrorCode.InvalidRemoteContext, $"<{url}> has no top-level @context.");
        return (context, document.DocumentUrl ?? url);
    }

    private ActiveContext Define(ActiveContext result, JsonObject context, string? baseUrl, ContextScope scope)
    {
        CheckVersion(context);
        context = Import(context, baseUrl);
        if (scope.RemoteContexts.Count == 0 && context.TryGetPropertyValue(Keywords.Base, out var @base))
            result.BaseIri = BaseOf(@base, result.BaseIri);
        if (context.TryGetPropertyValue(Keywords.Vocab, out var vocab))
            result.VocabularyMapping = VocabOf(vocab, result);
        if (context.TryGetPropertyValue(Keywords.Language, out var language))
            result.DefaultLanguage = language is null || language.IsString(out _) ? language.Text()
                : throw new JsonLdException(JsonLdErrorCode.InvalidDefaultLanguage, $"@language is {language.ToJsonString()}; it must be a string or null.");
        if (context.TryGetPropertyValue(Keywords.Direction, out var direction))
        {
            Only11(Keywords.Direction, JsonLdErrorCode.InvalidContextEntry);
            result.DefaultDirection = DirectionOf(direction);
        }

        if (context.TryGetPropertyValue(Keywords.Propagate, out var propagate))
        {
            Only11(Keywords.Propagate, JsonLdErrorCode.InvalidContextEntry);
            if (!propagate.IsBoolean(out _))
                throw new JsonLdException(JsonLdErrorCode.InvalidPropagateValue, $"@propagate is {propagate?.ToJsonString() ?? "null"}; it must be true or false.");
        }

        var creation = new TermDefinitionCreation(this, result, context, baseUrl, scope);
        foreach (var (term, _) in context)
        {
            if (term is not (Keywords.Base or Keywords.Direction or Keywords.Import or Keywords.Language or Keywords.Propagate or Keywords.Protected or Keywords.Version or Keywords.Vocab))
                creation.Create(term);
        }

        return result;
    }

    private void CheckVersion(JsonObject context)
    {
        if (!context.TryGetPropertyValue(Keywords.Version, out var version))
            return;
        if (!version.IsNumber() || version!.AsValue().TryGetValue<double>(out var number) is false || number is not (1.1 or 1.2))
            throw new JsonLdException(JsonLdErrorCode.InvalidVersionValue, $"@version is {version?.ToJsonString() ?? "null"}; it must be the number 1.1.");
        Only11(Keywords.Version, JsonLdErrorCode.ProcessingModeConflict);
    }

    /// <summary>The context laid over the one that its <c>@import</c> names.</summary>
    private JsonObject Import(JsonObject context, string? baseUrl)
    {
        if (!context.TryGetPropertyValue(Keywords.Import, out var import))
            return context;
        Only11(Keywords.Import, JsonLdErrorCode.InvalidContextEntry);
        if (!import.IsString(out var reference))
            throw new JsonLdException(JsonLdErrorCode.InvalidImportValue, $"@import is {import?.ToJsonString() ?? "null"}; it must be a string.");
        var url = Resolve(reference, baseUrl);
        if (Dereference(url).Context is not JsonObject imported)
            throw new JsonLdException(JsonLdErrorCode.InvalidRemoteContext, $"the @context of <{url}> is not a map, and is imported.");
        if (imported.ContainsKey(Keywords.Import))
            throw new JsonLdException(JsonLdErrorCode.InvalidContextEntry, $"<{url}> is imported and has an @import of its own.");
        var merged = (JsonObject)imported.DeepClone();
        foreach (var (key, value) in context)
            merged[key] = value?.DeepClone();
        return merged;
    }

    private static string? BaseOf(JsonNode? value, string? current)
    {
        if (value is null)
            return null;
        if (value.IsString(out var text) && IriReference.IsAbsolute(text))
            return text;
        if (text is not null && current is not null)
            return IriReference.Resolve(current, text);
        throw new JsonLdException(JsonLdErrorCode.InvalidBaseIri, $"@base is {value.ToJsonString()}; it must be an IRI, null, or relative to a base that is there.");
    }

    private string? VocabOf(JsonNode? value, ActiveContext result)
    {
        if (value is null)
            return null;
        if (!value.IsString(out var text) || (Is10 && !IriReference.IsAbsolute(text) && !text.StartsWith("_:", StringComparison.Ordinal)))
            throw new JsonLdException(JsonLdErrorCode.InvalidVocabMapping, $"@vocab is {value.ToJsonString()}; it must be an IRI, a blank node identifier or null.");
        return IriExpansion.Expand(result, text, documentRelative: true);
    }

    /// <summary>A base direction, or null where it is JSON's null.</summary>
    public static string? DirectionOf(JsonNode? value) => value is null ? null : value.Text() is "ltr" or "rtl" ? value.Text()
        : throw new JsonLdException(JsonLdErrorCode.InvalidBaseDirection, $"@direction is {value.ToJsonString()}; it must be \"ltr\", \"rtl\" or null.");

    public void Only11(string entry, string code)
    {
        if (Is10)
            throw new JsonLdException(code, $"{entry} is a feature of JSON-LD 1.1 and the processing mode is 1.0.");
    }
}
