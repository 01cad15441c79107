using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Prompting;

namespace Reasoners.ReasoningAgent;

/// <summary>What the reasoning model is asked, and what the agent is told. Pure.</summary>
public static class ReasoningAgentPrompt
{
    private const string ReasoningTemplate = """
        Write a plan for an agent that follows instructions. The agent: {augmented_function_desc}

        What it is asked:
        {input_text}

        Tools that it may call:
        {tools}

        Say what the question consists of, which tool is right for each part, and in which order to call them. Number the steps; the last one gives the answer.

        Plan:
        """;

    private const string InstructionTemplate = """
        Answer this: {input_text}

        A plan that may help you:

        {reasoning_output}

        Keep to the form of replies that you were told, and answer the question itself.
        """;

    /// <summary>What the model is asked.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="augmented">The agent that will answer.</param>
    /// <param name="tools">Tools that it may call.</param>
    /// <param name="template">A template with {augmented_function_desc}, {input_text} and {tools}, or null.</param>
    public static string Reasoning(IReadOnlyList<ChatMessage> conversation, AIFunctionDeclaration augmented, IReadOnlyList<AIFunctionDeclaration> tools, string? template = null)
    {
        ArgumentNullException.ThrowIfNull(augmented);
        ArgumentNullException.ThrowIfNull(tools);
        return PromptTemplate.Fill(
            string.IsNullOrEmpty(template) ? ReasoningTemplate : template,
            ("augmented_function_desc", augmented.Description), ("input_text", Text(conversation)), ("tools", string.Join('\n', tools.Select(t => $"- {t.Name}: {t.Description}"))));
    }

    /// <summary>What the agent is told.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="plan">What the model said, its thoughts taken out.</param>
    /// <param name="template">A template with {input_text} and {reasoning_output}, or null.</param>
    public static string Instruction(IReadOnlyList<ChatMessage> conversation, string plan, string? template = null) => PromptTemplate.Fill(
        string.IsNullOrEmpty(template) ? InstructionTemplate : template, ("input_text", Text(conversation)), ("reasoning_output", plan));

    /// <summary>A single question as it is; a conversation as lines <c>role: text</c>.</summary>
    private static string Text(IReadOnlyList<ChatMessage> conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Count == 1 ? conversation[0].Text : string.Join('\n', conversation.Select(m => $"{m.Role.Value}: {m.Text}"));
    }
}
