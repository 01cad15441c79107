using Microsoft.Extensions.AI;

namespace Reasoners.Symbolic;

/// <summary>What a model is told so that it writes a query, and the query in its reply.</summary>
internal static class RdfPrompt
{
    /// <summary>The beginning of the conversation.</summary>
    /// <param name="question">The question in words.</param>
    /// <param name="description">What there is to ask about.</param>
    public static List<ChatMessage> Start(string question, string description) =>
    [
        new(ChatRole.System, $"Translate the question into one SPARQL SELECT or ASK query over the graph that is described. Reply with the query alone. Use the names as they are written; variables begin with a question mark.\n\n{description}"),
        new(ChatRole.User, question),
    ];

    /// <summary>Sends a reply back with what is wrong in it.</summary>
    public static void AddProblem(List<ChatMessage> messages, string reply, string problem)
    {
        messages.Add(new ChatMessage(ChatRole.Assistant, reply));
        messages.Add(new ChatMessage(ChatRole.User, $"This is no query: {problem} Reply with the corrected query alone."));
    }

    /// <summary>The query in a reply: what is fenced, or all of it.</summary>
    public static string Query(string reply)
    {
        const string Fence = "```";
        var begin = reply.IndexOf(Fence, StringComparison.Ordinal);
        if (begin < 0)
            return reply.Trim();
        var line = reply.IndexOf('\n', begin);
        var end = line < 0 ? -1 : reply.IndexOf(Fence, line, StringComparison.Ordinal);
        return line < 0 ? reply.Trim() : reply[(line + 1)..(end < 0 ? reply.Length : end)].Trim();
    }
}
