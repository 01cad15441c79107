namespace Hub.Nano.Tasks;

/// <summary>One tool call of a task's solution.</summary>
/// <param name="Thought">What the agent thinks before it.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Values">Operands as JSON, results of earlier steps filled in.</param>
/// <param name="Planned">Operands as a plan writes them: <c>"#E1"</c> for the result of the first step.</param>
/// <param name="Result">What the tool returns, as text.</param>
public sealed record NanoStep(string Thought, NanoTool Tool, IReadOnlyList<string> Values, IReadOnlyList<string> Planned, string Result);
