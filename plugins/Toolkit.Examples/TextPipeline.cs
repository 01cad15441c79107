using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Three steps from a raw text to a report; each reads the JSON of the one before.</summary>
internal static partial class TextPipeline
{
    private const int ShortWord = 3;
    private const int TopWords = 5;
    private const string Failed = "Report Generation Failed: ";

    public static string Process(string text)
    {
        var cleaned = Odd.Replace(Spaces.Replace(text.Trim(), " "), "");
        return $"{{\"cleaned_text\": {PythonText.Quoted(cleaned)}, \"word_count\": {Words(cleaned).Length}, \"sentence_count\": {Ends.Count(cleaned)}, \"processing_status\": \"completed\"}}";
    }

    /// <exception cref="ChainExitException">It is no JSON: the chain ends here.</exception>
    public static string Analyze(string processed)
    {
        JsonElement data;
        try
        {
            data = JsonElement.Parse(processed);
        }
        catch (JsonException)
        {
            throw new ChainExitException("Invalid input format - cannot proceed");
        }

        var (words, sentences) = (Number(data, "word_count"), Number(data, "sentence_count"));
        var average = sentences > 0 ? Math.Round((double)words / sentences, 2, MidpointRounding.ToEven) : 0;
        var complexity = (sentences > 0 ? (double)words / sentences : 0) switch { < 10 => "simple", < 20 => "moderate", _ => "complex" };
        // A stable sort: of words as frequent as each other the first one comes first.
        var top = Words(Text(data, "cleaned_text").ToLowerInvariant()).Where(w => w.Length > ShortWord).GroupBy(w => w).OrderByDescending(g => g.Count()).Take(TopWords).Select(g => PythonText.Quoted(g.Key));
        return $"{{\"word_count\": {words}, \"sentence_count\": {sentences}, \"avg_words_per_sentence\": {(sentences > 0 ? PythonText.Of(average) : "0")}, " +
            $"\"complexity\": \"{complexity}\", \"top_words\": [{string.Join(", ", top)}], \"analysis_status\": \"completed\"}}";
    }

    public static string Report(string analysis)
    {
        JsonElement data;
        try
        {
            data = JsonElement.Parse(analysis);
        }
        catch (JsonException)
        {
            return $"{Failed}Invalid analysis data format";
        }

        if (Text(data, "analysis_status") == "failed")
            return Failed + (Text(data, "error") is { Length: > 0 } error ? error : "Unknown error");
        List<string> lines =
        [
            "=== TEXT ANALYSIS REPORT ===",
            "",
            "Text Statistics:",
            $"  - Word Count: {Raw(data, "word_count")}",
            $"  - Sentence Count: {Raw(data, "sentence_count")}",
            $"  - Average Words per Sentence: {Raw(data, "avg_words_per_sentence")}",
            $"  - Text Complexity: {CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Text(data, "complexity") is { Length: > 0 } known ? known : "unknown")}",
            "",
            "Top Words:",
        ];
        var top = data.TryGetProperty("top_words", out var words) && words.ValueKind == JsonValueKind.Array ? words.EnumerateArray().Select(w => w.GetString()).ToArray() : [];
        lines.AddRange(top.Length > 0 ? top.Select((word, i) => $"  {i + 1}. {word}") : ["  No significant words found"]);
        lines.AddRange(["", "Report generated successfully.", "=========================="]);
        return string.Join('\n', lines);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long Number(JsonElement data, string key) => data.TryGetProperty(key, out var value) && value.TryGetInt64(out var number) ? number : 0;

    private static string Text(JsonElement data, string key) => data.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Raw(JsonElement data, string key) => data.TryGetProperty(key, out var value) ? value.GetRawText() : "0";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"[^\w\s.,!?]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Odd { get; }

    [GeneratedRegex("[.!?]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ends { get; }
}
