using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>JSON-LD in pages of HTML (JSON-LD 1.1 API, 10): the script elements of the type <c>application/ld+json</c>, and the page's base.</summary>
/// <remarks>It reads tags as HTML's tokenizer does: comments and the text of scripts and styles are passed over; a page needs no more to find its scripts.</remarks>
internal sealed class HtmlScripts
{
    private readonly List<Element> _elements = [];

    private HtmlScripts()
    {
    }

    /// <summary>The first base that the page sets, or null.</summary>
    public string? Base { get; private set; }

    public static HtmlScripts Read(string html)
    {
        var result = new HtmlScripts();
        for (var at = 0; (at = html.IndexOf('<', at)) >= 0;)
        {
            if (html.AsSpan(at).StartsWith("<!--"))
            {
                var end = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
                at = end < 0 ? html.Length : end + 3;
            }
            else if (at + 1 < html.Length && char.IsAsciiLetter(html[at + 1]))
            {
                at = result.Tag(html, at + 1);
            }
            else
            {
                at++;
            }
        }

        return result;
    }

    private int Tag(string html, int at)
    {
        var start = at;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('>' or '/'))
            at++;
        var name = html.AsSpan(start, at - start);
        var (isScript, isRaw) = (Is(name, "script"), Is(name, "script") || Is(name, "style") || Is(name, "title") || Is(name, "textarea"));
        var isBase = Is(name, "base");
        var attributes = Attributes(html, ref at);
        if (isBase && attributes.TryGetValue("href", out var href))
            Base ??= href;
        var text = "";
        if (isRaw)
        {
            var end = html.IndexOf("</" + name.ToString(), at, StringComparison.OrdinalIgnoreCase);
            text = html[at..(end < 0 ? html.Length : end)];
            at += text.Length;
        }

        _elements.Add(new Element(isScript, attributes, text));
        return at;

        static bool Is(ReadOnlySpan<char> tag, string known) => tag.Equals(known, StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> Attributes(string html, ref int at)
    {
        var result = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (at < html.Length && html[at] != '>')
        {
            if (char.IsWhiteSpace(html[at]) || html[at] == '/')
            {
                at++;
                continue;
            }

            var start = at++;
            while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('>' or '/' or '='))
                at++;
            result.TryAdd(html[start..at], WebUtility.HtmlDecode(Value(html, ref at)));
        }

        at = Math.Min(at + 1, html.Length);
        return result;
    }

    private static string Value(string html, ref int at)
    {
        var equals = at;
        while (equals < html.Length && char.IsWhiteSpace(html[equals]))
            equals++;
        if (equals >= html.Length || html[equals] != '=')
            return "";
        at = equals + 1;
        while (at < html.Length && char.IsWhiteSpace(html[at]))
            at++;
        if (at >= html.Length)
            return "";
        var start = at;
        if (html[at] is '"' or '\'')
        {
            var end = html.IndexOf(html[at], at + 1);
            at = end < 0 ? html.Length : end + 1;
            return html[(start + 1)..(end < 0 ? html.Length : end)];
        }

        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] != '>')
            at++;
        return html[start..at];
    }

    /// <summary>The document in the page: the script with an id, the one with a profile, the first, or all in one array.</summary>
    /// <param name="fragment">Id of a script, or null.</param>
    /// <param name="request">What is asked for.</param>
    public JsonNode? Extract(string? fragment, DocumentRequest request)
    {
        if (fragment is not null)
        {
            var named = _elements.FirstOrDefault(e => e.Attributes.TryGetValue("id", out var id) && id == fragment);
            return named is { IsJsonLd: true } ? named.Content(request.Limits) : throw None($"no JSON-LD script has the id '{fragment}'");
        }

        if (request.Profile is { } profile && _elements.FirstOrDefault(e => e.IsJsonLd && e.Profiles.Contains(profile)) is { } profiled)
            return profiled.Content(request.Limits);
        var scripts = _elements.Where(e => e.IsJsonLd);
        if (!request.ExtractAllScripts)
            return scripts.FirstOrDefault() is { } first ? first.Content(request.Limits) : throw None("the page has no JSON-LD script");
        var all = new JsonArray();
        foreach (var script in scripts)
            foreach (var item in script.Content(request.Limits).InArray().Drain())
                all.Add(item);
        return all;
    }

    private static JsonLdException None(string problem) => new(JsonLdErrorCode.LoadingDocumentFailed, problem + ".");

    private sealed record Element(bool IsScript, Dictionary<string, string> Attributes, string Text)
    {
        private string Type => Attributes.GetValueOrDefault("type", "");

        public bool IsJsonLd => IsScript && MediaType.Of(Type).Name == MediaType.JsonLd;

        public IReadOnlyList<string> Profiles => MediaType.Of(Type).Parameter("profile")?.Split(' ') ?? [];

        public JsonNode? Content(JsonLdLimits limits)
        {
            try
            {
                return JsonReading.Read(Encoding.UTF8.GetBytes(Text), limits);
            }
            catch (RdfSyntaxException wrong)
            {
                throw new JsonLdException(JsonLdErrorCode.InvalidScriptElement, $"a script of the page is no JSON: {wrong.Message}", wrong);
            }
        }
    }
}
