using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a run's log says about each of its effects and scopes.</summary>
internal sealed class ReplayIndex
{
    private static readonly ReplayIndex s_empty = new([]);

    private readonly Dictionary<string, RunEvent> _starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunEvent> _ends = new(StringComparer.Ordinal);

    private ReplayIndex(IEnumerable<RunEvent> past)
    {
        foreach (var entry in past)
        {
            if (entry.Kind == RunEventKind.FunctionStart || entry.Kind.IsEffectStart())
                _starts[entry.Id] = entry;
            else if (entry.Kind == RunEventKind.FunctionEnd || entry.Kind.IsEffectEnd())
                _ends[entry.Id] = entry;
        }
    }

    /// <summary>What a log says; most runs have none when they begin.</summary>
    public static ReplayIndex Of(IReadOnlyList<RunEvent> past) => past.Count == 0 ? s_empty : new ReplayIndex(past);

    /// <summary>Start of an effect or scope, or null.</summary>
    public RunEvent? Start(string id) => _starts.GetValueOrDefault(id);

    /// <summary>End of an effect or scope, or null.</summary>
    public RunEvent? End(string id) => _ends.GetValueOrDefault(id);
}
