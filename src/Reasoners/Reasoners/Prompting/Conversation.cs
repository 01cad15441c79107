using Microsoft.Extensions.AI;

namespace Reasoners.Prompting;

/// <summary>The conversation before a question.</summary>
public static class Conversation
{
    /// <summary>The newest messages: a system message at the beginning is kept and counts, and what follows begins with a user's message.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <param name="maxMessages">The most messages to keep, at least 1.</param>
    public static IReadOnlyList<ChatMessage> Trim(IReadOnlyList<ChatMessage> messages, int maxMessages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        if (messages.Count <= 1)
            return messages;
        var system = messages[0].Role == ChatRole.System ? 1 : 0;
        var from = Math.Max(system, messages.Count - Math.Max(maxMessages - system, 1));
        var user = from;
        while (user < messages.Count && messages[user].Role != ChatRole.User)
            user++;

        // A conversation without a user's message after that point is kept from there on: the last message is the question.
        from = user < messages.Count ? user : messages.Count - 1;
        return [.. messages.Take(system), .. messages.Skip(from)];
    }

    /// <summary>A question, after the conversation that led to it if there is one.</summary>
    /// <param name="label">What the question is called, e.g. <c>Question</c>.</param>
    /// <param name="messages">The conversation, oldest first; the last message is the question.</param>
    /// <returns><c>label: text</c>, preceded by the earlier messages as lines <c>role: text</c>.</returns>
    public static string Ask(string label, IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentOutOfRangeException.ThrowIfZero(messages.Count, nameof(messages));
        var question = $"{label}: {messages[^1].Text}";
        if (messages.Count == 1)
            return question;
        var history = string.Join('\n', messages.SkipLast(1).Select(m => $"{m.Role.Value}: {m.Text}"));
        return $"Previous conversation history:\n{history}\n\n{question}";
    }
}
