using System.Globalization;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What runs inside of a scope: sub-runs, branches of which all count, and races.</summary>
internal sealed partial class RunScope
{
    public Task<T> ScopeAsync<T>(string name, Func<IRun, Task<T>> body, RunBudget? share = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return PlacedAsync(name, id => SubRunAsync(id, name, body, share));
    }

    public Task<T[]> AllAsync<TItem, T>(IReadOnlyList<TItem> items, Func<IRun, TItem, Task<T>> branch, int maxParallel = 8)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxParallel, 1);
        return PlacedAsync(nameof(AllAsync), async id =>
        {
            using var gate = new SemaphoreSlim(maxParallel);
            var scopes = items.Select((_, i) => Branch($"{id}[{i.ToString(CultureInfo.InvariantCulture)}]", Cancelled)).ToArray();
            var outcomes = await Task.WhenAll(items.Select((item, i) => Outcome.Of(gate, () => scopes[i].WholeAsync(scope => branch(scope, item)))));
            Now = scopes.Aggregate(Now, (now, scope) => Later(now, scope.Now));
            Outcome.ThrowFirst(outcomes);
            return outcomes.Select(o => o.Value!).ToArray();
        });
    }

    public Task<(int Winner, T Value)> AnyAsync<T>(IReadOnlyList<Func<IRun, Task<T>>> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        ArgumentOutOfRangeException.ThrowIfZero(branches.Count);
        return PlacedAsync(nameof(AnyAsync), id => RaceAsync(id, branches));
    }

    /// <summary>Runs code over this scope and makes sure that it did not swallow what stopped the scope.</summary>
    public async Task<T> WholeAsync<T>(Func<IRun, Task<T>> body)
    {
        var result = await body(this);
        _stopped?.Throw();
        return result;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>Does what has a place of its own in this scope. What stops the run there stops this scope too.</summary>
    private async Task<T> PlacedAsync<T>(string name, Func<string, Task<T>> work)
    {
        var id = Enter(name);
        try
        {
            return await work(id);
        }
        catch (Exception e) when (!IsFailure(e))
        {
            Stop(e);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    private async Task<T> SubRunAsync<T>(string id, string name, Func<IRun, Task<T>> body, RunBudget? share)
    {
        var start = _ledger.Replay.Start(id) ?? Logged(RunEventKind.FunctionStart, id, name, BudgetShare.Tags(share));
        if (start.Name != name || start.Kind != RunEventKind.FunctionStart)
            throw new ReplayMismatchException(id, $"{start.Kind} of '{start.Name}'", $"{RunEventKind.FunctionStart} of '{name}'");
        var within = share is null ? Share : new BudgetShare(name, share, Share);
        var inner = new RunScope(_ledger, _host, id, new FunctionAncestry(id, name, _function.FunctionId, _function.FunctionName), Now, Cancelled) { Share = within };
        try
        {
            var result = await inner.WholeAsync(body);
            EndScope(id, name, start, failure: null);
            return result;
        }
        catch (Exception e) when (IsFailure(e))
        {
            EndScope(id, name, start, RunFailure.From(e));
            throw;
        }
        finally
        {
            Now = Later(Now, inner.Now);
        }
    }

    private async Task<(int Winner, T Value)> RaceAsync<T>(string id, IReadOnlyList<Func<IRun, Task<T>>> branches)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        if (_ledger.Replay.End(id) is { Tags: { } tags } past)
        {
            var known = int.Parse(tags["winner"], CultureInfo.InvariantCulture);
            var value = await Branch($"{id}?{known}", stop.Token).WholeAsync(branches[known]);
            Now = past.Time;
            return (known, value);
        }

        var tasks = branches.Select((b, i) => Outcome.Of(null, () => Branch($"{id}?{i.ToString(CultureInfo.InvariantCulture)}", stop.Token).WholeAsync(b))).ToList();
        var winner = await Outcome.FirstSuccess(tasks);
        await stop.CancelAsync();
        var outcomes = await Task.WhenAll(tasks);
        if (winner < 0)
            Outcome.ThrowFirst(outcomes);
        var logged = Logged(RunEventKind.CustomEnd, id, "AnyAsync", new Dictionary<string, string> { ["winner"] = winner.ToString(CultureInfo.InvariantCulture) });
        Now = logged.Time;
        return (winner, outcomes[winner].Value!);
    }

    private RunScope Branch(string path, CancellationToken cancelled) => new(_ledger, _host, path, _function, Now, cancelled) { Share = Share };

    private void EndScope(string id, string name, RunEvent start, RunFailure? failure)
    {
        if (_ledger.Replay.End(id) is null)
            _ledger.End(Event(RunEventKind.FunctionEnd, id, name) with { StartTime = start.Time, Failure = failure });
    }
}
