using System.ComponentModel.DataAnnotations;

namespace Hub.Hosting.Models;

/// <summary>Options of <c>nat_test_llm</c>.</summary>
public sealed class TestLlmOptions
{
    /// <summary>Replies, one after the other and from the start again.</summary>
    public IReadOnlyList<string> ResponseSeq { get; set; } = [];

    /// <summary>How long each reply takes, in milliseconds.</summary>
    [Range(0, 3_600_000)]
    public int DelayMs { get; set; }
}
