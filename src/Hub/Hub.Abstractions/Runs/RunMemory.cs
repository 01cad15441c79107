namespace Hub.Abstractions;

/// <summary>Memories as a run sees them.</summary>
public static class RunMemory
{
    /// <summary>A memory whose every call is an effect of the run: logged, and on resume the logged result.</summary>
    /// <param name="run">The scope that calls.</param>
    /// <param name="memory">Name of a registered memory.</param>
    /// <exception cref="UnknownNameException">No memory has that name.</exception>
    public static IMemory Memory(this IRun run, MemoryRef memory)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new Bound(run, memory.Name, run.Components().Memory(memory.Name).For(run.Header));
    }

    /// <summary>A memory as a run of a tenant sees it; itself where it does not tell runs apart.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="run">The run's header; null where there is no run.</param>
    public static IMemory For(this IMemory memory, RunHeader? run)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return run is not null && memory is IRunMemory known ? known.For(run) : memory;
    }

    private sealed record SearchRequest(string UserId, string Query, int TopK);

    // A call that was in flight at a crash is made again: what is remembered twice is known once, and what is forgotten stays forgotten.
    private sealed class Bound(IRun run, string name, IMemory inner) : IMemory
    {
        public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken) => run.EffectAsync(
            new Effect<IReadOnlyList<MemoryItem>, bool>(EffectKind.Task, $"{name}.add", async (what, context) =>
            {
                await inner.AddAsync(what, context.Cancelled);
                return true;
            })
            {
                Redo = Redo.Freely,
            }, items);

        public Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken) => run.EffectAsync(
            new Effect<SearchRequest, IReadOnlyList<MemoryItem>>(EffectKind.Task, $"{name}.search", (what, context) => inner.SearchAsync(what.UserId, what.Query, what.TopK, context.Cancelled))
            {
                Redo = Redo.Freely,
            }, new SearchRequest(userId, query, topK));

        public Task RemoveAsync(string userId, CancellationToken cancellationToken) => run.EffectAsync(
            new Effect<string, bool>(EffectKind.Task, $"{name}.remove", async (who, context) =>
            {
                await inner.RemoveAsync(who, context.Cancelled);
                return true;
            })
            {
                Redo = Redo.Freely,
            }, userId);
    }
}
