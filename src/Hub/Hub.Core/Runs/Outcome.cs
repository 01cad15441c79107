using System.Runtime.ExceptionServices;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>How one branch ended: a value or an exception, so that all branches can be awaited before one is reported.</summary>
internal readonly record struct Outcome<T>(T? Value, ExceptionDispatchInfo? Error);

/// <summary>Runs branches to their outcomes.</summary>
internal static class Outcome
{
    /// <summary>Runs a branch on the thread pool, behind a gate where there is one.</summary>
    public static async Task<Outcome<T>> Of<T>(SemaphoreSlim? gate, Func<Task<T>> work)
    {
        if (gate is not null)
            await gate.WaitAsync();
        try
        {
            return new Outcome<T>(await Task.Run(work), null);
        }
        catch (Exception e)
        {
            // Every exception is kept for ThrowFirst; none is lost.
            return new Outcome<T>(default, ExceptionDispatchInfo.Capture(e));
        }
        finally
        {
            gate?.Release();
        }
    }

    /// <summary>Index of the first branch that succeeds, or -1 where none does.</summary>
    public static async Task<int> FirstSuccess<T>(IReadOnlyList<Task<Outcome<T>>> branches)
    {
        var open = branches.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            if ((await done).Error is null)
                return branches.TakeWhile(b => b != done).Count();
            open.Remove(done);
        }

        return -1;
    }

    /// <summary>Throws what the branches have to say: a suspension first, then the error of the lowest index.</summary>
    public static void ThrowFirst<T>(IReadOnlyList<Outcome<T>> outcomes)
    {
        outcomes.FirstOrDefault(o => o.Error?.SourceException is RunSuspendedException).Error?.Throw();
        outcomes.FirstOrDefault(o => o.Error is not null).Error?.Throw();
    }
}
