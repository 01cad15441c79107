using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>What a caller may say about an agent's limits for one request.</summary>
public static class AgentLimits
{
    private const string MoreToolCallsKey = "hub.more_tool_calls";

    /// <summary>Options that allow an agent more tool calls than its own limit.</summary>
    /// <param name="options">The caller's options; null for none. They are not changed.</param>
    /// <param name="more">How many more.</param>
    public static ChatOptions WithMoreToolCalls(ChatOptions? options, int more)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(more);
        var changed = options?.Clone() ?? new ChatOptions();
        (changed.AdditionalProperties ??= [])[MoreToolCallsKey] = more;
        return changed;
    }

    /// <summary>How many tool calls an agent may make for a request beyond its own limit.</summary>
    /// <param name="options">The request's options.</param>
    public static int MoreToolCalls(ChatOptions? options) => options?.AdditionalProperties?.TryGetValue(MoreToolCallsKey, out var more) == true && more is int count ? count : 0;
}
