using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <content>The entries of a term that say how its values are written.</content>
internal sealed partial class TermDefinitionCreation
{
    private void DefineContainer(string term, JsonObject value, TermDefinition definition)
    {
        if (!value.TryGetPropertyValue(Keywords.Container, out var given) || (given is null && definition.IsReverse))
            return;
        if (ContainersOf(given) is not { } containers || !IsAllowed(containers, given is JsonArray { Count: > 1 }))
            throw Wrong(JsonLdErrorCode.InvalidContainerMapping, term, given, "is not a container or a combination of containers");
        if (contexts.Is10 && (!given.IsString(out _) || (containers & (Containers.Graph | Containers.Id | Containers.Type)) != 0))
            throw Wrong(JsonLdErrorCode.InvalidContainerMapping, term, given, "is a container of JSON-LD 1.1");
        definition.Container = containers;
        if ((containers & Containers.Type) == 0)
            return;
        definition.TypeMapping ??= Keywords.Id;
        if (definition.TypeMapping is not (Keywords.Id or Keywords.Vocab))
            throw Wrong(JsonLdErrorCode.InvalidTypeMapping, term, given, "needs a type mapping of @id or @vocab");
    }

    private static Containers? ContainersOf(JsonNode? given)
    {
        var all = Containers.None;
        foreach (var item in given.Items())
        {
            Containers? one = item.Text() switch
            {
                Keywords.Graph => Containers.Graph,
                Keywords.Id => Containers.Id,
                Keywords.Index => Containers.Index,
                Keywords.Language => Containers.Language,
                Keywords.List => Containers.List,
                Keywords.Set => Containers.Set,
                Keywords.Type => Containers.Type,
                _ => null,
            };
            if (one is null)
                return null;
            all |= one.Value;
        }

        return all == Containers.None ? null : all;
    }

    /// <summary>One container; or <c>@graph</c> with <c>@id</c> or <c>@index</c>, perhaps <c>@set</c>; or <c>@set</c> with one that is not <c>@list</c>.</summary>
    private static bool IsAllowed(Containers all, bool several) => !several || (all & ~Containers.Set) switch
    {
        Containers.None or Containers.Graph or Containers.Id or Containers.Index or Containers.Language or Containers.Type => true,
        Containers.Graph | Containers.Id or Containers.Graph | Containers.Index => true,
        _ => false,
    };

    private void DefineIndex(string term, JsonObject value, TermDefinition definition)
    {
        if (!value.TryGetPropertyValue(Keywords.Index, out var given))
            return;
        if (contexts.Is10 || (definition.Container & Containers.Index) == 0)
            throw Wrong(JsonLdErrorCode.InvalidTermDefinition, term, given, "is an @index, which needs an @index container and JSON-LD 1.1");
        if (!given.IsString(out var text) || Expand(text) is not { } iri || !IriReference.IsAbsolute(iri))
            throw Wrong(JsonLdErrorCode.InvalidTermDefinition, term, given, "must expand to an IRI in @index");
        definition.IndexMapping = text;
    }

    private void DefineContext(JsonObject value, TermDefinition definition)
    {
        if (!value.TryGetPropertyValue(Keywords.Context, out var context))
            return;
        contexts.Only11(Keywords.Context, JsonLdErrorCode.InvalidTermDefinition);
        try
        {
            contexts.Process(active, context, baseUrl, scope with { OverrideProtected = true, Propagate = true, ValidateScoped = false });
        }
        catch (JsonLdException wrong) when (wrong.Code is not JsonLdErrorCode.InvalidScopedContext)
        {
            throw new JsonLdException(JsonLdErrorCode.InvalidScopedContext, wrong.Message, wrong);
        }

        definition.HasContext = true;
        definition.Context = context;
        definition.BaseUrl = baseUrl;
    }

    private static void DefineLanguageAndDirection(string term, JsonObject value, TermDefinition definition)
    {
        if (value.ContainsKey(Keywords.Type))
            return;
        if (value.TryGetPropertyValue(Keywords.Language, out var language))
        {
            if (language is not null && !language.IsString(out _))
                throw Wrong(JsonLdErrorCode.InvalidLanguageMapping, term, language, "must be a string or null in @language");
            definition.HasLanguage = true;
            definition.Language = language.Text();
        }

        if (value.TryGetPropertyValue(Keywords.Direction, out var direction))
        {
            definition.HasDirection = true;
            definition.Direction = ContextProcessing.DirectionOf(direction);
        }
    }

    private void DefineNestAndPrefix(string term, JsonObject value, TermDefinition definition)
    {
        if (value.TryGetPropertyValue(Keywords.Nest, out var nest))
        {
            contexts.Only11(Keywords.Nest, JsonLdErrorCode.InvalidTermDefinition);
            definition.Nest = nest.IsString(out var text) && (text == Keywords.Nest || !Keywords.Is(text)) ? text
                : throw Wrong(JsonLdErrorCode.InvalidNestValue, term, nest, "must be a string and no keyword but @nest in @nest");
        }

        if (value.TryGetPropertyValue(Keywords.Prefix, out var prefix))
        {
            if (contexts.Is10 || term.Contains(':', StringComparison.Ordinal) || term.Contains('/', StringComparison.Ordinal))
                throw Wrong(JsonLdErrorCode.InvalidTermDefinition, term, prefix, "is a @prefix, which needs a term without ':' and '/' and JSON-LD 1.1");
            definition.IsPrefix = prefix.IsBoolean(out var flag) ? flag : throw Wrong(JsonLdErrorCode.InvalidPrefixValue, term, prefix, "must be true or false in @prefix");
        }

        if (definition.IsPrefix && definition.IriMapping is { } iri && Keywords.Is(iri))
            throw new JsonLdException(JsonLdErrorCode.InvalidTermDefinition, $"the term '{term}' is a prefix and an alias of {iri}.");
    }
}
