using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Value Expansion (JSON-LD 1.1 API, 5.3): a scalar as a value object or a node object.</summary>
internal static class ValueExpansion
{
    public static JsonObject Expand(ActiveContext active, string? property, JsonNode value)
    {
        var term = active[property];
        if (term?.TypeMapping is Keywords.Id or Keywords.Vocab && value.IsString(out var iri))
            return new JsonObject { [Keywords.Id] = IriExpansion.Expand(active, iri, documentRelative: true, vocab: term.TypeMapping == Keywords.Vocab) };
        var result = JsonNodes.Map(Keywords.Value, value);
        if (term?.TypeMapping is { } type and not (Keywords.Id or Keywords.Vocab or Keywords.None))
        {
            result[Keywords.Type] = type;
        }
        else if (value.IsString(out _))
        {
            if ((term is { HasLanguage: true } ? term.Language : active.DefaultLanguage) is { } language)
                result[Keywords.Language] = language;
            if ((term is { HasDirection: true } ? term.Direction : active.DefaultDirection) is { } direction)
                result[Keywords.Direction] = direction;
        }

        return result;
    }
}
