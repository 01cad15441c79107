namespace Hub.Abstractions;

/// <summary>Erasing what a run said.</summary>
public static class RunErasure
{
    /// <summary>Erases the payloads of a run that no other run refers to. Its events stay, and the chain stays whole; reading says <c>(erased)</c>.</summary>
    /// <remarks>Texts of failures and tags stand in the events themselves and stay. Cost: a look at every run of the store.</remarks>
    /// <param name="store">The store.</param>
    /// <param name="runId">The run.</param>
    /// <returns>Payloads erased; 0 where there is no such run.</returns>
    public static int EraseRun(this IRunStore store, string runId)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(runId);
        var runs = store.List();
        if (runs.All(r => r.Header.RunId != runId))
            return 0;
        var own = Payloads(store, runId);
        foreach (var other in runs.Where(r => r.Header.RunId != runId))
            own.ExceptWith(Payloads(store, other.Header.RunId));
        return store.Erase(own);
    }

    private static HashSet<string> Payloads(IRunStore store, string runId)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(store.Read(runId).SelectMany(e => new[] { e.Input, e.Output }).OfType<string>());
        while (open.TryPop(out var hash))
        {
            if (!seen.Add(hash) || store.Payload(hash) is not { } content)
                continue;
            foreach (var name in PayloadNames.In(content))
                open.Push(name);
        }

        return seen;
    }
}
