using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What stores need to know of a status: how it is written (as in JSON), and whether anything follows.</summary>
internal static class RunStatuses
{
    private static readonly Dictionary<RunStatus, string> s_texts = Enum.GetValues<RunStatus>()
        .ToDictionary(s => s, s => System.Text.Json.JsonSerializer.Serialize(s).Trim('"'));

    public static string Text(RunStatus status) => s_texts[status];

    public static RunStatus Parse(string text) => s_texts.First(t => t.Value == text).Key;

    /// <summary>True for a status after which nothing follows.</summary>
    public static bool IsEnd(RunStatus status) => status is RunStatus.Completed or RunStatus.Failed or RunStatus.Cancelled or RunStatus.BudgetExceeded;
}
