using Microsoft.Extensions.AI;
using Reasoners.Prompting;

namespace Reasoners.ToolCalling;

/// <summary>What a tool-calling agent sends first. Pure. The tools themselves travel in the call's options.</summary>
public static class ToolCallingPrompt
{
    /// <summary>The system message, if options give one, and the newest messages of the conversation.</summary>
    /// <param name="messages">The conversation, oldest first; the last message is the question.</param>
    /// <param name="options">The agent's options.</param>
    public static List<ChatMessage> Start(IReadOnlyList<ChatMessage> messages, ToolCallingOptions options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(options);
        var system = string.Join(' ', new[] { options.SystemPrompt, options.AdditionalInstructions }.Where(part => !string.IsNullOrEmpty(part)));
        var conversation = Conversation.Trim(messages, options.MaxHistory);
        return system.Length == 0 ? [.. conversation] : [new ChatMessage(ChatRole.System, system), .. conversation];
    }
}
