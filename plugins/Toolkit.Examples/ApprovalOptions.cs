using System.ComponentModel.DataAnnotations;

namespace Toolkit.Examples;

/// <summary>Options of <c>hitl_approval_tool</c>.</summary>
public sealed class ApprovalOptions
{
    /// <summary>What the person is asked to approve.</summary>
    [Required]
    public string Prompt { get; set; } = "";

    /// <summary>What it is for, for a model that may call it.</summary>
    public string Description { get; set; } = "Asks a person for approval.";
}
