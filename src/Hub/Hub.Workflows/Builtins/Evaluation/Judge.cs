using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Core.Answers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>An evaluator that asks a model for its judgement.</summary>
internal abstract partial class Judge(string name) : IEvaluator
{
    public IReadOnlyCollection<string> EvaluationMetricNames => [name];

    protected string Name => name;

    public async ValueTask<EvaluationResult> EvaluateAsync(
        IEnumerable<ChatMessage> messages, ChatResponse modelResponse, ChatConfiguration? chatConfiguration = null, IEnumerable<EvaluationContext>? additionalContext = null,
        CancellationToken cancellationToken = default) =>
        (await ScoreAsync(EvaluationItem.Of(additionalContext), cancellationToken)).AsResult();

    protected abstract Task<ItemScore> ScoreAsync(EvaluationItem item, CancellationToken cancellationToken);

    /// <summary>A judge's JSON object, with or without a fence around it and words before it; null where there is none.</summary>
    internal static JsonElement? ObjectIn(string reply)
    {
        var (first, last) = (reply.IndexOf('{', StringComparison.Ordinal), reply.LastIndexOf('}'));
        return first >= 0 && last > first && JsonText.Parse(reply[first..(last + 1)]) is { ValueKind: JsonValueKind.Object } found ? found : null;
    }

    /// <summary>The number that a key holds, also where the judge wrote it as text.</summary>
    internal static double? NumberOf(JsonElement map, string key) => !map.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number
        : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) ? number
        : null;

    /// <summary>The last "score: N" of a reply; null where it has none.</summary>
    internal static double? LastScore(string reply) => ScoreWords().Matches(reply) is { Count: > 0 } found ? double.Parse(found[^1].Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    /// <summary>The first whole number of a reply, where it is one of those that were asked for; null otherwise.</summary>
    internal static int? Rating(string reply, ReadOnlySpan<int> allowed) =>
        Digits().Match(reply) is { Success: true } found && int.TryParse(found.ValueSpan, CultureInfo.InvariantCulture, out var number) && allowed.Contains(number) ? number : null;

    [GeneratedRegex(@"score\s*(?:of|is|:)?\s*\**\s*([0-9]+(?:\.[0-9]+)?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScoreWords();

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
