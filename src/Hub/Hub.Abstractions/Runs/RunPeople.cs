using System.Globalization;

namespace Hub.Abstractions;

/// <summary>Effects beside models and tools: people, time and long local work.</summary>
public static class RunPeople
{
    /// <summary>Asks a person. Where nobody answers now, the run is suspended and goes on when it is resumed with an answer, days later if need be.</summary>
    /// <param name="run">The scope that asks.</param>
    /// <param name="question">The question, for a person.</param>
    /// <param name="options">Answers to choose from; empty for free text.</param>
    /// <returns>The person's answer.</returns>
    /// <exception cref="RunSuspendedException">Nobody answered yet.</exception>
    public static Task<string> PromptAsync(this IRun run, string question, params IReadOnlyList<string> options) => run.PromptAsync(new PersonPrompt(question, options));

    /// <summary>Asks a person, with a form to fill in where the prompt has one.</summary>
    /// <param name="run">The scope that asks.</param>
    /// <param name="prompt">What is asked.</param>
    /// <returns>The person's answer; JSON where the prompt has a form.</returns>
    /// <exception cref="RunSuspendedException">Nobody answered yet.</exception>
    public static Task<string> PromptAsync(this IRun run, PersonPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(prompt);
        var person = run.GetService(typeof(IPerson)) as IPerson;
        var effect = new Effect<PersonPrompt, string>(EffectKind.Task, "person", async (asked, context) =>
            context.Answer
            ?? (person is null ? null : await person.AskAsync(asked, context.Cancelled))
            ?? throw new RunSuspendedException(new PendingInteraction(context.EffectId, asked.Question, Decision: false, asked.Options) { Form = asked.Form }))
        {
            Redo = Redo.Freely,
        };
        return run.EffectAsync(effect, prompt);
    }

    /// <summary>Waits, across restarts: the due time is logged, and a resume waits only for what is left.</summary>
    /// <param name="run">The scope that waits.</param>
    /// <param name="delay">How long, from the last logged effect on.</param>
    public static Task DelayAsync(this IRun run, TimeSpan delay)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        var time = run.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var effect = new Effect<DateTimeOffset, bool>(EffectKind.Task, "delay", async (due, context) =>
        {
            var left = due - time.GetUtcNow();
            if (left > TimeSpan.Zero)
                await Task.Delay(left, time, context.Cancelled);
            return true;
        })
        {
            Redo = Redo.Freely,
        };
        return run.EffectAsync(effect, run.Now + delay);
    }

    /// <summary>Does long local work once: its result is remembered, and it is done again only if it was in flight at a crash.</summary>
    /// <param name="run">The scope that works.</param>
    /// <param name="name">Name in the log.</param>
    /// <param name="work">The work; it must change nothing outside the process.</param>
    public static Task<T> OnceAsync<T>(this IRun run, string name, Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(run);
        var effect = new Effect<string, T>(EffectKind.Task, name, (_, context) => work(context.Cancelled)) { Redo = Redo.Freely };
        return run.EffectAsync(effect, name);
    }

    /// <summary>Scores or rolls out a batch of states as one effect: searches log one effect per batch, not one per node.</summary>
    /// <param name="run">The scope that searches.</param>
    /// <param name="name">Name of the offload, for the log.</param>
    /// <param name="states">The states.</param>
    /// <param name="evaluate">Values for the states, in their order; it must change nothing.</param>
    /// <exception cref="EffectFailedException">The evaluation failed, or returned another number of values.</exception>
    public static Task<TValue[]> RolloutsAsync<TState, TValue>(
        this IRun run, string name, IReadOnlyList<TState> states, Func<IReadOnlyList<TState>, CancellationToken, Task<TValue[]>> evaluate)
    {
        ArgumentNullException.ThrowIfNull(run);
        var effect = new Effect<IReadOnlyList<TState>, TValue[]>(EffectKind.Search, name, async (batch, context) =>
        {
            var values = await evaluate(batch, context.Cancelled);
            return values.Length == batch.Count ? values : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"Rollouts '{name}' returned {values.Length} values for {batch.Count} states; one value for each state is needed."));
        })
        {
            Redo = Redo.Freely,
        };
        return run.EffectAsync(effect, states);
    }
}
