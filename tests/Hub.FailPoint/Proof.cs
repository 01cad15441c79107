using System.Text;
using Hub.Abstractions;
using Hub.Core;

namespace Hub.FailPoint;

/// <summary>What must hold after a run was ended in the middle and gone on with.</summary>
internal static class Proof
{
    /// <summary>Goes on with the run in a folder to its end, and checks it.</summary>
    /// <param name="folder">Where an earlier process was ended.</param>
    /// <param name="answer">The answer of a run that nobody ended.</param>
    /// <param name="goOn">One more sitting, with a decision or without.</param>
    /// <returns>Whether the run asked for a decision on the way, and what does not hold, or null.</returns>
    public static async Task<(bool Asked, string? Fault)> CheckAsync(
        string folder, string answer, Func<ResumeOptions?, Task<(RunStatus Status, string Text, PendingInteraction? Pending)>> goOn)
    {
        var world = new World(folder, null);
        var end = await goOn(null);
        var asked = end.Status == RunStatus.Suspended;
        if (asked)
        {
            if (end.Pending is not { Decision: true } pending)
                return (asked, "It waits, but not for a decision.");
            if (world.Letters.Count > 1)
                return (asked, "It was sent twice before the decision.");
            end = await goOn(new ResumeOptions { Decisions = new Dictionary<string, EffectDecision> { [pending.EffectId] = EffectDecision.Parse("result:\"sent\"") } });
        }

        var faults = new StringBuilder();
        void Need(bool holds, string fault) => faults.Append(holds ? "" : fault + " ");
        Need(end.Status == RunStatus.Completed, $"It ended as {end.Status}: {end.Text}.");
        Need(end.Text == answer, $"It answered '{end.Text}' for '{answer}'.");
        Need(world.Deposits.Count == 1, $"The keyed tool acted {world.Deposits.Count} times.");
        Need(world.Letters.Count <= 1, $"The tool without a declaration acted {world.Letters.Count} times.");
        Need(asked || world.Letters.Count == 1, "The letter was not sent, and nobody was asked.");
        await using var store = new SqliteRunStore(new() { Path = Path.Combine(folder, "runs.sqlite") });
        var run = store.List().First(r => r.Events > 0);
        Need(store.Verify(run.Header.RunId) is null, "The chain is broken.");
        Need(run.Status == RunStatus.Completed, $"The store says {run.Status}.");
        return (asked, faults.Length == 0 ? null : faults.ToString());
    }
}
