using System.Text.Json;

namespace Reasoners.ReWoo;

/// <summary>Reads a planner's reply: a JSON array of steps, bare, in a fence, or between other words. Pure.</summary>
public static class ReWooGrammar
{
    /// <summary>The longest reply that is read, in UTF-16 code units.</summary>
    public const int MaxReplyChars = 200_000;

    private const string Form = """[{"plan":"…","evidence":{"placeholder":"#E1","tool":"…","tool_input":{…}}}]""";

    /// <summary>Reads a plan.</summary>
    /// <param name="reply">The planner's text, without what it thought between tags.</param>
    /// <param name="plan">The plan, where it can be read.</param>
    /// <returns>Null; or why it cannot be read, in words for the planner.</returns>
    public static string? TryParse(string reply, out ReWooPlan plan)
    {
        ArgumentNullException.ThrowIfNull(reply);
        plan = new ReWooPlan([], []);
        if (reply.Length > MaxReplyChars)
            return "The plan is too long to be read. Make a shorter one.";
        if (Array(reply, out var fault) is not { } array)
            return fault;
        if (array.GetArrayLength() > ReWooPlan.MaxSteps)
            return $"The plan has {array.GetArrayLength()} steps; at most {ReWooPlan.MaxSteps} are allowed.";

        List<ReWooStep> steps = [];
        foreach (var element in array.EnumerateArray())
        {
            if (TryStep(element, steps.Count + 1, out var step) is { } wrong)
                return wrong;
            steps.Add(step!);
        }

        return ReWooPlan.TryOrder(steps, out plan);
    }

    /// <summary>The array that a reply consists of; else the one in its first fence; else the one between its outermost brackets.</summary>
    private static JsonElement? Array(string reply, out string fault)
    {
        fault = $"The plan is no JSON array. Reply with the array alone, in this form: {Form}";
        foreach (var candidate in Candidates(reply))
        {
            try
            {
                var root = JsonElement.Parse(candidate, new JsonDocumentOptions { AllowTrailingCommas = true });
                if (root.ValueKind == JsonValueKind.Array)
                    return root;
                fault = $"The plan is {Kind(root)}; a JSON array of steps is needed, in this form: {Form}";
            }
            catch (JsonException error)
            {
                fault = $"The plan is no valid JSON: {error.Message} Reply with the array alone, in this form: {Form}";
            }
        }

        return null;
    }

    private static IEnumerable<string> Candidates(string reply)
    {
        var (first, last) = (reply.IndexOf('[', StringComparison.Ordinal), reply.LastIndexOf(']'));
        if (first >= 0 && last > first && reply[..first].Trim().Length + reply[(last + 1)..].Trim().Length > 0)
            yield return reply[first..(last + 1)];
        var open = reply.IndexOf("```", StringComparison.Ordinal);
        var body = open < 0 ? -1 : reply.IndexOf('\n', open);
        var close = body < 0 ? -1 : reply.IndexOf("```", body, StringComparison.Ordinal);
        if (close > 0)
            yield return reply[body..close];
        yield return reply;
    }

    private static string? TryStep(JsonElement element, int number, out ReWooStep? step)
    {
        step = null;
        var evidence = default(JsonElement);
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("evidence", out evidence) || evidence.ValueKind != JsonValueKind.Object)
            return $"Step {number} of the plan has no object 'evidence'. Each step has this form: {Form[1..^1]}";
        var (plan, placeholder, tool) = (Text(element, "plan"), Text(evidence, "placeholder"), Text(evidence, "tool"));
        if (plan is null)
            return $"Step {number} of the plan has no text 'plan'. Say in words what the step finds out.";
        if (placeholder is null || !Placeholders.IsOne(placeholder))
            return $"Step {number} of the plan has the placeholder '{placeholder}'; one like #E{number} is needed.";
        if (string.IsNullOrWhiteSpace(tool))
            return $"Step {number} of the plan has no text 'tool'. Give the name of one tool.";
        if (!evidence.TryGetProperty("tool_input", out var input))
            return $"Step {number} of the plan has no 'tool_input'. Give the tool's arguments as a JSON object; {{}} where it has none.";
        step = new ReWooStep(plan, placeholder, tool.Trim(), input);
        return null;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Kind(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object => "a JSON object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "a single word",
    };
}
