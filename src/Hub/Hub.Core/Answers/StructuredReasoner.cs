using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Answers;

/// <summary>Asks another reasoner for an answer of a certain shape: checks it by a JSON Schema, says what is wrong with it, and asks again, a few times at most.</summary>
/// <remarks>The inner reasoner works in scopes of their own, so that nothing is shown before it fits. Thread safety: one instance serves any number of runs at once.</remarks>
/// <param name="inner">The reasoner that answers.</param>
/// <param name="schema">The schema.</param>
public sealed class StructuredReasoner(IReasoner inner, JsonElement schema) : IReasoner
{
    /// <summary>How often the reasoner is asked to mend its answer.</summary>
    public const int MaxRepairs = 2;

    private const string ScopeName = "structured_answer";
    private const int MaxExcerpt = 500;

    /// <summary>The reasoner itself, or one that keeps to the shape that a request asks for.</summary>
    /// <param name="reasoner">The reasoner.</param>
    /// <param name="request">What is asked.</param>
    public static IReasoner For(IReasoner reasoner, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Options?.ResponseFormat is ChatResponseFormatJson { Schema: { } wanted } && reasoner is not StructuredReasoner ? new StructuredReasoner(reasoner, wanted) : reasoner;
    }

    /// <summary>Answers the last message of a request with JSON that fits the schema.</summary>
    /// <param name="run">The scope that this call works in.</param>
    /// <param name="request">The conversation.</param>
    /// <exception cref="AnswerFormatException">No attempt fitted.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        var options = request.Options?.Clone() ?? new ChatOptions();
        options.ResponseFormat ??= ChatResponseFormat.ForJsonSchema(schema);
        List<ChatMessage> messages = [.. request.Messages.SkipLast(1), .. request.Messages.TakeLast(1).Select(Asking)];
        for (var attempt = 1; ; attempt++)
        {
            var asked = new ReasonerRequest([.. messages], options);
            var text = (await run.ScopeAsync(ScopeName, scope => inner.RunAsync(scope, asked))).Text;
            var (json, faults) = Read(text);
            if (json is { } answer && faults.Count == 0)
            {
                var compact = JsonSerializer.Serialize(answer, HubJson.Options);
                await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, compact));
                return run.Answer(compact);
            }

            if (attempt > MaxRepairs)
                throw new AnswerFormatException(attempt, faults, text.Length <= MaxExcerpt ? text : $"{text[..MaxExcerpt]}…");
            messages.Add(new ChatMessage(ChatRole.Assistant, text));
            messages.Add(new ChatMessage(ChatRole.User, $"This answer does not fit the schema. {string.Join(" ", faults)} Give the whole answer again as JSON that fits it, and nothing else."));
        }
    }

    private ChatMessage Asking(ChatMessage question) =>
        new(question.Role, [.. question.Contents, new TextContent($"\n\nGive the answer as JSON that fits this JSON Schema, and nothing else:\n{schema.GetRawText()}")]);

    private (JsonElement? Json, IReadOnlyList<string> Faults) Read(string text) => JsonAnswer.Find(text) is { } json ? (json, JsonSchemaCheck.Faults(json, schema)) : (null, ["No JSON was found in it."]);
}
