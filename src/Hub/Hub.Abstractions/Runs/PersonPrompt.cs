namespace Hub.Abstractions;

/// <summary>A question to a person.</summary>
/// <param name="Question">The question.</param>
/// <param name="Options">Answers to choose from; empty for free text.</param>
public sealed record PersonPrompt(string Question, IReadOnlyList<string> Options);
