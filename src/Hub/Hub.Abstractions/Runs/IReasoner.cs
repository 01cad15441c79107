using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A way of reasoning: ordinary async code that reaches the world only through its run.</summary>
/// <remarks>
/// Thread safety: one instance serves many runs at once, so it keeps no state of its own between calls.
/// The code may be run again from the start on resume: between two effects it must depend on nothing but its
/// request, its options and what effects returned (no clock, chance, files or network past the run).
/// </remarks>
public interface IReasoner
{
    /// <summary>Answers one request.</summary>
    /// <param name="run">The run, or a scope of it, through which models, tools and people are reached.</param>
    /// <param name="request">Messages and options of the caller.</param>
    /// <returns>The answer; <see cref="RunAnswers.Answer"/> makes one from text.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled or suspended.</exception>
    Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request);
}
