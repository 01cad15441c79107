namespace Hub.Workflows.Builtins;

/// <summary>Options of <c>calculator</c>: none of its own; <c>include</c> and <c>exclude</c> choose members of any group.</summary>
public sealed class CalculatorOptions
{
    /// <summary>Members to offer; empty for all.</summary>
    public IReadOnlyList<string> Include { get; set; } = [];

    /// <summary>Members to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; set; } = [];
}
