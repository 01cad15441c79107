using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a run's log says about each of its effects and scopes.</summary>
internal sealed class ReplayIndex
{
    private readonly Dictionary<string, RunEvent> _starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunEvent> _ends = new(StringComparer.Ordinal);

    public ReplayIndex(IEnumerable<RunEvent> past)
    {
        foreach (var entry in past)
        {
            switch (entry.Kind)
            {
                case RunEventKind.FunctionStart or RunEventKind.LlmStart or RunEventKind.ToolStart
                    or RunEventKind.TaskStart or RunEventKind.TtcStart or RunEventKind.CustomStart:
                    _starts[entry.Id] = entry;
                    break;
                case RunEventKind.FunctionEnd or RunEventKind.LlmEnd or RunEventKind.ToolEnd
                    or RunEventKind.TaskEnd or RunEventKind.TtcEnd or RunEventKind.CustomEnd:
                    _ends[entry.Id] = entry;
                    break;
            }
        }
    }

    /// <summary>Start of an effect or scope, or null.</summary>
    public RunEvent? Start(string id) => _starts.GetValueOrDefault(id);

    /// <summary>End of an effect or scope, or null.</summary>
    public RunEvent? End(string id) => _ends.GetValueOrDefault(id);
}
