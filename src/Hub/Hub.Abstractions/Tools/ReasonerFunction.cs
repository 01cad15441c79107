using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A reasoner in the form of a tool: one text argument, the answer's text back.</summary>
/// <remarks>It works only inside a run: <see cref="RunTools.Bind"/> turns it into a scope of that run.</remarks>
public sealed class ReasonerFunction : AIFunction
{
    private const string ArgumentName = "input_message";

    /// <summary>JSON schema of a question in words: one text, <c>input_message</c>.</summary>
    public static JsonElement QuestionSchema { get; } = JsonElement.Parse(
        """{"type":"object","properties":{"input_message":{"type":"string"}},"required":["input_message"]}"""u8);

    /// <summary>Wraps a reasoner.</summary>
    /// <param name="name">Name of the tool.</param>
    /// <param name="description">What the reasoner is good for, for the model that chooses.</param>
    /// <param name="reasoner">The reasoner.</param>
    /// <param name="arguments">JSON schema of the arguments that it takes in place of a question; null for a question.</param>
    /// <param name="answer">JSON schema of its answer; null for words.</param>
    public ReasonerFunction(string name, string description, IReasoner reasoner, JsonElement? arguments = null, JsonElement? answer = null)
    {
        Name = name;
        Description = description;
        Reasoner = reasoner;
        JsonSchema = arguments ?? QuestionSchema;
        ReturnJsonSchema = answer;
    }

    /// <summary>The reasoner inside.</summary>
    public IReasoner Reasoner { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; }

    /// <inheritdoc/>
    public override JsonElement? ReturnJsonSchema { get; }

    /// <summary>Whether a schema is that of arguments which a reasoner takes in place of a question.</summary>
    /// <param name="schema">A reasoner's input schema.</param>
    public static bool TakesArguments(JsonElement schema) => !(schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(ArgumentName, out _));

    /// <summary>The request that arguments stand for: <c>input_message</c>, or the only argument there is; all of them as JSON where the reasoner takes no question.</summary>
    /// <param name="arguments">Arguments of a call.</param>
    /// <param name="schema">The reasoner's input schema; null for that of a question.</param>
    /// <exception cref="ArgumentException">There is no such argument.</exception>
    public static ReasonerRequest RequestOf(AIFunctionArguments arguments, JsonElement? schema = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (schema is { } own && TakesArguments(own))
            return ReasonerRequest.From(JsonSerializer.Serialize<IDictionary<string, object?>>(arguments, HubJson.Options));
        if (!arguments.TryGetValue(ArgumentName, out var value))
        {
            value = arguments.Count == 1
                ? arguments.First().Value
                : throw new ArgumentException($"The call has the arguments [{string.Join(", ", arguments.Keys)}]; it needs '{ArgumentName}', the question as text.");
        }

        return ReasonerRequest.From(RunTools.ResultText(value));
    }

    /// <inheritdoc/>
    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"'{Name}' is a reasoner and needs a run. Call it through run.Tool(\"{Name}\"), or run it with hub.RunAsync.");
}
