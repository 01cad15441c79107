using Microsoft.Extensions.AI;
using Reasoners.Prompting;

namespace Reasoners.ReWoo;

/// <summary>The texts that a ReWOO agent sends. Pure: the same input gives the same text.</summary>
/// <remarks>Source: Xu et al. 2023, arXiv:2305.18323, section 2. <c>hub-nano</c> is trained on these words: a change needs a new training run.</remarks>
public static class ReWooPrompt
{
    private const string BuiltPlanner =
        "Make a plan that answers the task with the tools below, before any of them runs.\n\n{tools}\n\n" +
        "Reply with a JSON array and nothing else. Each step has this form:\n" +
        """{{"plan":"what this step finds out","evidence":{{"placeholder":"#E1","tool":"the name of one """ +
        """tool","tool_input":{{"argument":"value"}}}}}}""" + "\n" +
        "Number the placeholders #E1, #E2 and so on. A later step may use an earlier result by writing its placeholder as a value. " +
        "If no tool in the list can help, reply [].";

    private const string BuiltSolver =
        "Solve the task with the evidence below. Each plan step is followed by the tool call that was made and by its result. " +
        "Reply with the answer alone.";

    /// <summary>The planner's system message.</summary>
    /// <param name="tools">The tools that a plan may use.</param>
    /// <param name="options">A prompt of one's own, further instructions, whether to show schemas; null for the defaults.</param>
    public static string Planner(IReadOnlyList<AIFunctionDeclaration> tools, ReWooOptions? options = null) => PromptTemplate.Fill(
        With(options?.PlannerPrompt ?? BuiltPlanner, options?.AdditionalPlannerInstructions),
        ("tools", ToolListing.Lines(tools, options?.IncludeToolSchema ?? true)),
        ("tool_names", ToolListing.Names(tools)));

    /// <summary>The planner's user message: the task, after the conversation that led to it.</summary>
    /// <param name="messages">The conversation, oldest first; the last message is the task.</param>
    public static string Task(IReadOnlyList<ChatMessage> messages) => Conversation.Ask("task", messages);

    /// <summary>The solver's system message.</summary>
    /// <param name="options">A prompt of one's own, further instructions; null for the defaults.</param>
    public static string Solver(ReWooOptions? options = null) =>
        PromptTemplate.Fill(With(options?.SolverPrompt ?? BuiltSolver, options?.AdditionalSolverInstructions));

    /// <summary>One step of the plan as the solver reads it.</summary>
    /// <param name="plan">What the step was to find out.</param>
    /// <param name="placeholder">Its placeholder, e.g. <c>#E1</c>.</param>
    /// <param name="tool">Name of the tool that was called.</param>
    /// <param name="input">What it was called with, as text or compact JSON, earlier results filled in.</param>
    /// <param name="result">Its result.</param>
    public static string Evidence(string plan, string placeholder, string tool, string input, string result) =>
        $"Plan: {plan}\n{placeholder} = {tool}[{input}]\nResult: {result}\n\n";

    /// <summary>The solver's user message.</summary>
    /// <param name="evidence">All steps of the plan, each as <see cref="Evidence"/>, one after the other; empty where no tool ran.</param>
    /// <param name="task">The task in words.</param>
    public static string Solve(string evidence, string task) => $"plan: {evidence}\ntask: {task}\n\nResponse:";

    private static string With(string template, string? instructions) =>
        string.IsNullOrEmpty(instructions) ? template : $"{template} {instructions}";
}
