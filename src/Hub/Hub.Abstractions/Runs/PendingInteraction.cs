using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>What a suspended run waits on.</summary>
/// <param name="EffectId">Path of the effect; <c>hub runs resume RUN --answer EFFECT=TEXT</c> names it.</param>
/// <param name="Text">The question, for a person.</param>
/// <param name="Decision">True where an effect was in flight at a crash and a person must decide what becomes of it.</param>
/// <param name="Options">Answers to choose from; empty for free text.</param>
public sealed record PendingInteraction(string EffectId, string Text, bool Decision, IReadOnlyList<string> Options)
{
    /// <summary>The form that the answer fills in, as in <see cref="PersonPrompt.Form"/>; null for an answer in words.</summary>
    public JsonElement? Form { get; init; }
}
