using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace NoOp;

/// <summary>An evaluator that scores nothing.</summary>
internal sealed class NoOpEvaluator : IEvaluator
{
    public IReadOnlyCollection<string> EvaluationMetricNames => [];

    public ValueTask<EvaluationResult> EvaluateAsync(
        IEnumerable<ChatMessage> messages,
        ChatResponse modelResponse,
        ChatConfiguration? chatConfiguration = null,
        IEnumerable<EvaluationContext>? additionalContext = null,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new EvaluationResult());
}
