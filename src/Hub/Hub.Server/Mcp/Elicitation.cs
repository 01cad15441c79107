using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hub.Server.Mcp;

/// <summary>A run that waits for a person, as a question to the client's user, and the answer back.</summary>
/// <remarks>
/// The run is suspended in its log meanwhile: what the client echoes is the run's id, so that a client without a session (revision 2026-07-28 and newer) may answer days later.
/// Source: https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation.
/// </remarks>
internal static class Elicitation
{
    private const string AnswerKey = "answer";
    private const string FormKey = "form";

    /// <summary>What a tool throws to have the client asked.</summary>
    public static InputRequiredException Ask(PendingInteraction pending, string runId, long seen) => new(
        new Dictionary<string, InputRequest>
        {
            [pending.Form is null ? AnswerKey : FormKey] = InputRequest.ForElicitation(new ElicitRequestParams { Message = pending.Text, RequestedSchema = Schema(pending) }),
        },
        string.Create(CultureInfo.InvariantCulture, $"{runId} {seen} {pending.EffectId}"));

    /// <summary>The run, what it waits on, and how many of its events were told; null where the state is none of ours.</summary>
    public static (string RunId, string Effect, long Seen)? Read(string state) =>
        state.Split(' ', 3) is [var runId, var seen, var effect] && long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (runId, effect, count) : null;

    /// <summary>What the person said: words, a form as JSON; null where the person declined.</summary>
    public static string? Answer(IDictionary<string, InputResponse>? responses)
    {
        if (Content(responses, FormKey) is { } form)
            return JsonSerializer.Serialize(form, HubJson.Options);
        return Content(responses, AnswerKey)?.TryGetValue(AnswerKey, out var words) == true ? RunTools.ResultText(words) : null;
    }

    private static IDictionary<string, JsonElement>? Content(IDictionary<string, InputResponse>? responses, string key) =>
        responses?.TryGetValue(key, out var response) == true && response.Deserialize(InputResponse.ElicitResultJsonTypeInfo) is { IsAccepted: true } said ? said.Content : null;

    private static ElicitRequestParams.RequestSchema Schema(PendingInteraction pending)
    {
        if (pending.Form is { } form)
            return form.Deserialize<ElicitRequestParams.RequestSchema>(McpJsonUtilities.DefaultOptions)!;
        ElicitRequestParams.PrimitiveSchemaDefinition schema = pending.Options.Count > 0
            ? new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = [.. pending.Options] }
            : new ElicitRequestParams.StringSchema();
        return new ElicitRequestParams.RequestSchema { Properties = { [AnswerKey] = schema }, Required = [AnswerKey] };
    }
}
