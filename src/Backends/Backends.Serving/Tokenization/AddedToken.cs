namespace Backends.Serving.Tokenization;

/// <summary>A literal text that is one token, whatever the merges say.</summary>
/// <param name="Content">The text, at least one character; newlines and whole paragraphs are fine.</param>
/// <param name="Special">
/// True for a control token (a role marker, the end of a message): <see cref="EngineTokenizer.EncodeText"/> never makes it out of text that a user wrote.
/// </param>
public sealed record AddedToken(string Content, bool Special);
