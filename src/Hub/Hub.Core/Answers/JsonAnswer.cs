using System.Text.Json;

namespace Hub.Core.Answers;

/// <summary>Finds the JSON in what a model says.</summary>
internal static class JsonAnswer
{
    private const string Fence = "```";

    /// <summary>The whole text, what stands between fences, or the widest part from a bracket to its counterpart; null where none of them is JSON.</summary>
    public static JsonElement? Find(string text) => Parts(text).Select(JsonText.Parse).FirstOrDefault(p => p is not null);

    private static IEnumerable<string> Parts(string text)
    {
        yield return text;
        if (text.IndexOf(Fence, StringComparison.Ordinal) is >= 0 and var open
            && text.IndexOf('\n', open) is > 0 and var line && text.IndexOf(Fence, line, StringComparison.Ordinal) is > 0 and var close)
            yield return text[(line + 1)..close];
        foreach (var (first, last) in new[] { ('{', '}'), ('[', ']') })
        {
            if (text.IndexOf(first) is >= 0 and var from && text.LastIndexOf(last) is var to && to > from)
                yield return text[from..(to + 1)];
        }
    }
}
