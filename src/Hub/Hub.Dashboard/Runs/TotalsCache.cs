using Hub.Abstractions;

namespace Hub.Dashboard.Runs;

/// <summary>Totals of runs by how many events they had: a list that refreshes reads only the logs that grew.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class TotalsCache(IRunStore store)
{
    private const int MaxRuns = 2_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Events, RunTotals Totals)> _known = new(StringComparer.Ordinal);

    /// <summary>The totals of a run.</summary>
    public RunTotals Of(RunRecord run)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(run.Header.RunId, out var known) && known.Events == run.Events)
                return known.Totals;
        }

        var totals = RunTotals.Of(run.Header, store.Read(run.Header.RunId));
        lock (_lock)
        {
            if (_known.Count >= MaxRuns)
                _known.Clear();
            _known[run.Header.RunId] = (run.Events, totals);
        }

        return totals;
    }
}
