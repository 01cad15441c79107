using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Memory;

/// <summary>Options of <c>in_process_memory</c>: a memory that lives as long as the hub.</summary>
public sealed class InProcessMemoryOptions
{
    /// <summary>How many items of all users together, 1 to 10,000,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxItems { get; set; } = 100_000;
}
