using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Asks a model whether an email is phishing and returns its verdict as JSON, whatever shape it wrote it in.</summary>
internal sealed partial class EmailPhishing(EmailPhishingOptions options) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var reply = await run.Model(options.Llm).GetResponseAsync(options.Prompt.Replace("{body}", request.Question, StringComparison.Ordinal), cancellationToken: run.Cancelled);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Verdict(reply.Text)));
    }

    internal static string Verdict(string reply)
    {
        var (phishing, explanation) = Json(reply) is { } read ? Of(read) : Pairs(reply);
        return $$"""{"is_likely_phishing": {{phishing ?? "false"}}, "explanation": {{explanation ?? PythonText.Quoted("No detailed explanation provided")}}}""";
    }

    private static JsonElement? Json(string reply)
    {
        foreach (var piece in new[] { reply, Braces.Match(reply).Value })
        {
            try
            {
                if (piece.Length > 0 && JsonElement.Parse(piece) is { ValueKind: JsonValueKind.Object } read)
                    return read;
            }
            catch (JsonException)
            {
                // the next reading of it
            }
        }

        return null;
    }

    private static (string? Phishing, string? Explanation) Of(JsonElement read) => (
        read.TryGetProperty("is_likely_phishing", out var phishing) ? phishing.GetRawText() : null,
        read.TryGetProperty("explanation", out var explanation) ? explanation.ValueKind == JsonValueKind.String ? PythonText.Quoted(explanation.GetString()!) : explanation.GetRawText() : null);

    private static (string? Phishing, string? Explanation) Pairs(string reply)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (Match pair in Pair.Matches(reply))
            found[pair.Groups["key"].Value.ToLowerInvariant()] = PythonText.Quoted(pair.Groups["value"].Value);
        return (found.GetValueOrDefault("is_likely_phishing"), found.GetValueOrDefault("explanation"));
    }

    [GeneratedRegex(@"\{.*\}", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braces { get; }

    [GeneratedRegex("""(?<key>\w+)(=|:\s*)(?:["'](?<value>[^"']+)["']|(?<value>[\w.]+))""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pair { get; }
}
