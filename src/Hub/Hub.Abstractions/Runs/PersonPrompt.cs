using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Abstractions;

/// <summary>A question to a person.</summary>
/// <param name="Question">The question.</param>
/// <param name="Options">Answers to choose from; empty for free text.</param>
public sealed record PersonPrompt(string Question, IReadOnlyList<string> Options)
{
    /// <summary>A form to fill in: a JSON schema of an object whose properties are texts, numbers, truth values or choices; the answer is then JSON that fits it.
    /// Null for an answer in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Form { get; init; }
}
