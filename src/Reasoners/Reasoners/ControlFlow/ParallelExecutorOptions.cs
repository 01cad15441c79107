using System.ComponentModel.DataAnnotations;

namespace Reasoners.ControlFlow;

/// <summary>Options of <see cref="ParallelReasoner"/>; keys and defaults are those of the toolkit's <c>parallel_executor</c>.</summary>
public sealed class ParallelExecutorOptions : ExecutorOptions
{
    /// <summary>Creates the defaults.</summary>
    public ParallelExecutorOptions()
    {
        Description = "Parallel Executor Workflow";
    }

    /// <summary>Accepted, as workflow files write it: a run's log holds begin, end and result of every branch anyway.</summary>
    public bool DetailedLogs { get; set; }

    /// <summary>The most functions under way at once.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 1000)]
    public int MaxParallelToolCalls { get; set; } = 8;
}
