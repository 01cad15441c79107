using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>What a caller asks of a reasoner.</summary>
/// <param name="Messages">The conversation, oldest first; the last message is the question.</param>
/// <param name="Options">Options of the caller (stop strings, response format); null for none.</param>
public sealed record ReasonerRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options = null)
{
    /// <summary>Text of the last message; empty where there is none.</summary>
    public string Question => Messages.Count == 0 ? "" : Messages[^1].Text;

    /// <summary>A request of one user message.</summary>
    /// <param name="question">The question in words.</param>
    public static ReasonerRequest From(string question) => new([new ChatMessage(ChatRole.User, question)]);
}
