using Hub.Abstractions;

namespace Reasoners.ControlFlow;

/// <summary>Registers the executors.</summary>
public static class ControlFlowHubExtensions
{
    /// <summary>Lets workflow files say <c>_type: sequential_executor</c> and <c>_type: parallel_executor</c>.</summary>
    /// <param name="hub">Takes the types.</param>
    public static IHubRegistry AddControlFlow(this IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub
            .AddReasoner<SequentialOptions>("sequential_executor", static (options, _) => new SequentialReasoner(options))
            .AddReasoner<ParallelExecutorOptions>("parallel_executor", static (options, _) => new ParallelReasoner(options));
    }
}
