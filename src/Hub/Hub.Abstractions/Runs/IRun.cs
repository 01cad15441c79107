using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>One scope of one run: the only way in which a reasoner reaches the world.</summary>
/// <remarks>
/// What passes through <see cref="EffectAsync"/> is logged once and answered from the log on resume, never executed
/// again. One effect at a time in a scope; side-by-side work takes <see cref="AllAsync"/> or <see cref="AnyAsync"/>.
/// Source: the replay contract of durable execution engines (Temporal, Restate, DBOS).
/// </remarks>
public interface IRun
{
    /// <summary>What was fixed when the run began.</summary>
    RunHeader Header { get; }

    /// <summary>Signalled when the run is cancelled or suspended, or when this branch lost.</summary>
    CancellationToken Cancelled { get; }

    /// <summary>Time of the last logged effect of this scope: reading it is no effect of its own.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Chance, seeded by the run's seed and this scope's path: the same again on resume.</summary>
    Random Random { get; }

    /// <summary>Does one thing to the world, or answers it from the log.</summary>
    /// <param name="effect">What to do, and how its request and result are logged.</param>
    /// <param name="request">What is asked; its logged form is compared on resume.</param>
    /// <exception cref="EffectFailedException">The effect failed, now or when it first ran.</exception>
    /// <exception cref="ReplayMismatchException">The log holds another request at this place.</exception>
    /// <exception cref="ConcurrentEffectException">Another effect of this scope is still under way.</exception>
    /// <exception cref="BudgetExceededException">A budget of the run is spent.</exception>
    /// <exception cref="RunSuspendedException">The run waits for a person or a decision.</exception>
    Task<TResult> EffectAsync<TRequest, TResult>(Effect<TRequest, TResult> effect, TRequest request);

    /// <summary>Runs a part under a name of its own: a sub-run, an agent used as a tool.</summary>
    /// <param name="name">Name in the log, for people.</param>
    /// <param name="body">The part; it is entered again on resume, only its effects are remembered.</param>
    /// <param name="share">What the part may spend of the run's budget; null for no limit of its own.</param>
    Task<T> ScopeAsync<T>(string name, Func<IRun, Task<T>> body, RunBudget? share = null);

    /// <summary>Runs one branch for each item, side by side, and waits for all of them.</summary>
    /// <param name="items">Inputs; their order fixes the branches' places in the log.</param>
    /// <param name="branch">What to do with one item, over a scope of its own.</param>
    /// <param name="maxParallel">The most branches under way at once, at least 1.</param>
    /// <returns>Results in the order of the items. If branches fail, the failure of the lowest index is thrown after all ended.</returns>
    Task<T[]> AllAsync<TItem, T>(IReadOnlyList<TItem> items, Func<IRun, TItem, Task<T>> branch, int maxParallel = 8);

    /// <summary>Runs branches side by side and takes the first that succeeds; the others are cancelled.</summary>
    /// <param name="branches">At least one branch.</param>
    /// <returns>The winner's index, which is logged, and its value. If all fail, the failure of the lowest index is thrown.</returns>
    Task<(int Winner, T Value)> AnyAsync<T>(IReadOnlyList<Func<IRun, Task<T>>> branches);

    /// <summary>Hands a part of the answer to whoever streams this run. Thoughts are not parts of the answer.</summary>
    /// <param name="answerPart">The part; not logged.</param>
    ValueTask EmitAsync(ChatResponseUpdate answerPart);

    /// <summary>A capability of the host (components, people, limits), or null: discovery instead of a wider interface.</summary>
    /// <param name="serviceType">The capability's type.</param>
    object? GetService(Type serviceType);
}
