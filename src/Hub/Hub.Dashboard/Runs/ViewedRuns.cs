using Hub.Abstractions;

namespace Hub.Dashboard.Runs;

/// <summary>The run log as one viewer may see it: pages read runs through this alone.</summary>
internal sealed class ViewedRuns(IRunStore store, DashboardViewer viewer)
{
    private const int MaxLooked = 10_000;

    /// <summary>The newest runs, newest first.</summary>
    /// <param name="limit">The most to return. Where there are others' among the newest, the newest 10,000 are looked through.</param>
    public IReadOnlyList<RunRecord> List(int limit)
    {
        var newest = store.List(limit);
        return newest.All(r => viewer.Sees(r.Header)) ? newest : [.. store.List(MaxLooked).Where(r => viewer.Sees(r.Header)).Take(limit)];
    }

    /// <summary>A run by its id; who sees everything may write the beginning of one.</summary>
    /// <exception cref="UnknownNameException">There is none, or it is another tenant's: the same words for both.</exception>
    public RunRecord Find(string id)
    {
        if (viewer.SeesAll)
            return store.Find(id);
        try
        {
            var record = store.Find(id);
            if (record.Header.RunId == id && viewer.Sees(record.Header))
                return record;
        }
        catch (UnknownNameException)
        {
            // said below, without naming runs that are near
        }

        throw new UnknownNameException("run", id, []);
    }
}
