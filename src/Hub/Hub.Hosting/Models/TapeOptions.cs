using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;
using Hub.Core.Models;

namespace Hub.Hosting.Models;

/// <summary>Options of <c>tape</c>: recorded replies.</summary>
public sealed class TapeOptions
{
    /// <summary>The tape, a file of one JSON object a line.</summary>
    [Required]
    public string? Path { get; set; }

    /// <summary>Record, replay (unknown requests go on to the recorded model), or strict (unknown requests fail).</summary>
    /// <value>The default is strict.</value>
    public TapeMode Mode { get; set; } = TapeMode.Strict;

    /// <summary>Model to record; needed for record and replay.</summary>
    public ModelRef Llm { get; set; }
}
