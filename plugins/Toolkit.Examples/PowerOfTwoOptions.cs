using Hub.Abstractions;

namespace Toolkit.Examples;

/// <summary>Options of <c>power_of_two</c>.</summary>
public sealed class PowerOfTwoOptions
{
    /// <summary>The function that multiplies.</summary>
    public ToolRef MultiplyFn { get; set; } = "calculator__multiply";

    /// <summary>What the function is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Raises a number to the power of 2. It calls the calculator's multiply for that.";
}
