using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Ways in which a reasoner ends.</summary>
public static class RunAnswers
{
    /// <summary>An answer of one assistant message.</summary>
    /// <param name="run">The run that answers.</param>
    /// <param name="text">The answer's text.</param>
    public static ChatResponse Answer(this IRun run, string text)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = ChatFinishReason.Stop };
    }
}
