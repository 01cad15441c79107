using Microsoft.Extensions.AI;
using Reasoners.Prompting;

namespace Reasoners.ReAct;

/// <summary>The texts that a ReAct agent sends. Pure: the same input gives the same text.</summary>
/// <remarks>Source: Yao et al. 2023, arXiv:2210.03629, section 2. <c>hub-nano</c> is trained on these words: a change needs a new training run.</remarks>
public static class ReActPrompt
{
    /// <summary>Generation stops here: observations come from tools, never from the model.</summary>
    public const string StopSequence = "Observation:";

    private const string Built =
        "Answer the question as well as you can. You may ask for these tools:\n\n{tools}\n\n" +
        "Reply in exactly one of two forms.\n\n" +
        "When you need a tool:\n" +
        "Thought: what you need and why\n" +
        "Action: the name of one tool from the list\n" +
        "Action Input: a JSON object with the tool's arguments\n" +
        "Then stop: the result comes back as an Observation.\n\n" +
        "When you know the answer:\n" +
        "Thought: why you know it\n" +
        "Final Answer: the answer to the question\n\n" +
        "If no tool in the list can help, say so as the Final Answer.";

    /// <summary>The system message.</summary>
    /// <param name="tools">The tools that may be asked for.</param>
    /// <param name="options">A prompt of one's own, further instructions, whether to show schemas; null for the defaults.</param>
    public static string System(IReadOnlyList<AIFunctionDeclaration> tools, ReActOptions? options = null)
    {
        var template = options?.SystemPrompt ?? Built;
        if (!string.IsNullOrEmpty(options?.AdditionalInstructions))
            template += $" {options.AdditionalInstructions}";
        return PromptTemplate.Fill(template,
            ("tools", ToolListing.Lines(tools, options?.IncludeToolSchema ?? true)),
            ("tool_names", ToolListing.Names(tools)));
    }

    /// <summary>The first user message: the question, after the conversation that led to it.</summary>
    /// <param name="messages">The conversation, oldest first; the last message is the question.</param>
    public static string Question(IReadOnlyList<ChatMessage> messages) => Conversation.Ask("Question", messages);

    /// <summary>The user message that carries a tool's result.</summary>
    /// <param name="result">The result's text.</param>
    public static string Observation(string result) => $"Observation: {result}";

    /// <summary>The user message after a reply that cannot be read.</summary>
    /// <param name="fault">Why it cannot.</param>
    /// <param name="isEmpty">Whether the model wrote nothing at all; it is then reminded of the way out.</param>
    public static string Fault(ReActMalformed fault, bool isEmpty)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return isEmpty
            ? $"{fault.Explanation} If no tool can help, reply with:\nThought: why no tool can help\nFinal Answer: the best answer without one"
            : fault.Explanation;
    }

    /// <summary>An action as the model would have written it, for a call that came in another form.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="input">Its arguments as compact JSON.</param>
    public static string Action(string tool, string input) => $"Action: {tool}\nAction Input: {input}";
}
