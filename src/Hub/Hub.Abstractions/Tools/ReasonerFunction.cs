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
    public ReasonerFunction(string name, string description, IReasoner reasoner)
    {
        Name = name;
        Description = description;
        Reasoner = reasoner;
    }

    /// <summary>The reasoner inside.</summary>
    public IReasoner Reasoner { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override JsonElement JsonSchema => QuestionSchema;

    /// <summary>The request that arguments stand for: <c>input_message</c>, or the only argument there is.</summary>
    /// <param name="arguments">Arguments of a call.</param>
    /// <exception cref="ArgumentException">There is no such argument.</exception>
    public static ReasonerRequest RequestOf(AIFunctionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
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
