using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Hub.Abstractions;

namespace Reasoners.ControlFlow;

/// <summary>Options that both executors share.</summary>
public abstract class ExecutorOptions : IValidatableObject
{
    /// <summary>Functions and agents, in order.</summary>
    [ConfigKey("tool_list")]
    public IReadOnlyList<ToolRef> Tools { get; set; } = [];

    /// <summary>What it is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "";

    /// <summary>Whether a function's failure becomes text; otherwise the run fails with it.</summary>
    /// <value>The default is false.</value>
    public bool ReturnErrorOnException { get; set; }

    /// <summary>Says what is wrong, in the words of the workflow file.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tools.Count == 0)
            yield return new ValidationResult("tool_list is empty; it needs at least one function.", [nameof(Tools)]);
        for (var i = 0; i < Tools.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Tools[i].Name))
                yield return new ValidationResult(string.Create(CultureInfo.InvariantCulture, $"tool_list[{i}] is empty; it must name a function."), [nameof(Tools)]);
        }
    }
}
