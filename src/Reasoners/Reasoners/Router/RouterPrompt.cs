using Microsoft.Extensions.AI;
using Reasoners.Prompting;

namespace Reasoners.Router;

/// <summary>What the router asks its model, and how it reads the reply. Pure.</summary>
public static class RouterPrompt
{
    private const string SystemTemplate = """
        You decide who answers a request. These branches are there:

        {branches}

        Reply with exactly one of these names, and with nothing else: {branch_names}
        """;

    private const string UserTemplate = """
        Conversation so far:
        {chat_history}

        Request: {request}

        Which branch answers it? Reply with its name alone.
        """;

    /// <summary>System message with the branches and user message with conversation and request.</summary>
    /// <param name="conversation">The conversation; its last message is the request.</param>
    /// <param name="branches">Name and description of each branch.</param>
    /// <param name="systemTemplate">A template with {branches} and {branch_names}, or null.</param>
    /// <param name="userTemplate">A template with {chat_history} and {request}, or null.</param>
    public static IReadOnlyList<ChatMessage> Messages(
        IReadOnlyList<ChatMessage> conversation, IReadOnlyList<AIFunctionDeclaration> branches, string? systemTemplate = null, string? userTemplate = null)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(branches);
        var system = PromptTemplate.Fill(
            string.IsNullOrEmpty(systemTemplate) ? SystemTemplate : systemTemplate,
            ("branches", string.Join('\n', branches.Select(b => $"{b.Name}: {b.Description}"))), ("branch_names", string.Join(',', branches.Select(b => b.Name))));
        var history = string.Join('\n', conversation.SkipLast(1).Select(m => $"{m.Role.Value}: {m.Text}"));
        var user = PromptTemplate.Fill(string.IsNullOrEmpty(userTemplate) ? UserTemplate : userTemplate, ("chat_history", history), ("request", conversation[^1].Text));
        return [new(ChatRole.System, system), new(ChatRole.User, user)];
    }

    /// <summary>The first branch, in their order, whose name stands in a reply, whatever the case; null for none.</summary>
    /// <param name="reply">What the model said.</param>
    /// <param name="branches">Names of the branches.</param>
    public static string? Choose(string reply, IEnumerable<string> branches)
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(branches);
        return branches.FirstOrDefault(b => reply.Contains(b, StringComparison.OrdinalIgnoreCase));
    }
}
