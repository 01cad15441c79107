using System.Buffers;
using System.Text.Json;

namespace Hub.Core.Answers;

/// <summary>Text that may be JSON.</summary>
public static class JsonText
{
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789+-.eE");

    /// <summary>The text as JSON; null where it is none. Words are told by their beginning: an exception for each would cost more than the run.</summary>
    /// <param name="text">The text.</param>
    public static JsonElement? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!MayBe(text.AsSpan().Trim()))
            return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool MayBe(ReadOnlySpan<char> text) => text.Length > 0 && text[0] switch
    {
        '{' => text[^1] == '}',
        '[' => text[^1] == ']',
        '"' => text[^1] == '"',
        't' => text is "true",
        'f' => text is "false",
        'n' => text is "null",
        _ => text.IndexOfAnyExcept(s_number) < 0,
    };
}
