using Microsoft.Extensions.AI;

namespace Hub.Nano.Traces;

/// <summary>One conversation to learn from; the model learns what its assistant messages say.</summary>
/// <param name="Format">Which agent speaks: react, tool_calling, rewoo_planner or rewoo_solver.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Tools">Tools offered natively; none for agents that list them in their prompt.</param>
public sealed record NanoSample(string Format, IReadOnlyList<ChatMessage> Messages, IReadOnlyList<AIFunctionDeclaration> Tools);
