using System.Text.Json;

namespace Backends.Abstractions;

/// <summary>What a text completion asks beside what chat options can say.</summary>
public sealed record CompletionOptions
{
    /// <summary>Answers to each prompt, at least 1. Answer c of prompt p has the index p * Choices + c.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Whether an answer begins with its prompt; its log-probabilities then begin with those of the prompt, the first of which is null.</summary>
    public bool Echo { get; init; }

    /// <summary>Whether control tokens that the model writes are part of the text.</summary>
    public bool ShowsControlTokens { get; init; }

    /// <summary>As a value of <see cref="ModelOptionKeys.Completion"/>.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this);

    /// <summary>From a value of <see cref="ModelOptionKeys.Completion"/>.</summary>
    /// <param name="value">What <see cref="ToJson"/> gave, or these options themselves.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static CompletionOptions From(object? value) => value switch
    {
        CompletionOptions options => options,
        JsonElement { ValueKind: JsonValueKind.Object } json => json.Deserialize<CompletionOptions>()!,
        _ => throw new ArgumentException($"The option '{ModelOptionKeys.Completion}' is a {value?.GetType().Name ?? "null"}; {nameof(CompletionOptions)} as JSON is needed.", nameof(value)),
    };
}
