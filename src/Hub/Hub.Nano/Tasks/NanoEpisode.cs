namespace Hub.Nano.Tasks;

/// <summary>One task: tools, a question, how to solve it, and the answer.</summary>
public sealed record NanoEpisode
{
    /// <summary>Family of the question: arithmetic, two_step, comparison, date, lookup, two_hop or refusal.</summary>
    public required string Family { get; init; }

    /// <summary>Identity of the wording: its atoms joined.</summary>
    public required string Frame { get; init; }

    /// <summary>True where the wording has an atom that never occurs in training.</summary>
    public required bool IsReserved { get; init; }

    /// <summary>Tools in the order of the prompt.</summary>
    public required IReadOnlyList<NanoTool> Tools { get; init; }

    /// <summary>The question in words.</summary>
    public required string Question { get; init; }

    /// <summary>The tool calls; none for a refusal.</summary>
    public required IReadOnlyList<NanoStep> Steps { get; init; }

    /// <summary>What the agent thinks before it answers.</summary>
    public required string LastThought { get; init; }

    /// <summary>What counts as right, in text.</summary>
    public required string Answer { get; init; }

    /// <summary>Time that the clock tool tells, and its zone.</summary>
    public required NanoClock Clock { get; init; }

    /// <summary>What the table tool reads; null where there is none.</summary>
    public NanoTable? Table { get; init; }

    /// <summary>False where a plan cannot be made before the first result is known.</summary>
    public bool CanBePlanned { get; init; } = true;
}
