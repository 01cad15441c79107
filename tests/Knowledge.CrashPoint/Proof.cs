using Knowledge.Rdf;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>What a store must hold after its process was killed, from the numbers that were acknowledged alone.</summary>
internal sealed class Proof
{
    private readonly HashSet<Quad> _quads = [];
    private int _done;

    /// <summary>Compares a store with what was acknowledged.</summary>
    /// <param name="store">Opened again.</param>
    /// <param name="acknowledged">The last transaction whose commit returned.</param>
    /// <returns>What does not hold, or null. The transaction after the last may be there, whole: it may have been written and not yet acknowledged.</returns>
    public string? Check(QuadStore store, int acknowledged)
    {
        var last = Life.Last(store);
        if (last != acknowledged && last != acknowledged + 1)
            return $"Transaction {acknowledged} was acknowledged, and the store has {last}.";
        for (; _done < last; _done++)
        {
            _quads.ExceptWith(Life.Removed(_done + 1));
            _quads.UnionWith(Life.Added(_done + 1));
        }

        var found = new Dataset();
        store.Dump(found);
        return found.Quads.SetEquals(_quads) ? null : $"After transaction {last} there are {found.Quads.Count} quads, {_quads.Except(found.Quads).Count()} are missing and {found.Quads.Except(_quads).Count()} too many.";
    }
}
