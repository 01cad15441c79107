using System.Text;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What becomes of an effect that was in flight when its process ended.</summary>
internal sealed partial class RunScope
{
    /// <summary>What a person decided on an effect that was in flight; null to run it again.</summary>
    /// <exception cref="RunSuspendedException">A person must decide first.</exception>
    private EffectDecision? Decided(RunEvent start)
    {
        if (start.Redo is Redo.Freely or Redo.WithSameKey)
            return null;
        if (!_host.Resume.Decisions.TryGetValue(start.Id, out var decision))
            throw new RunSuspendedException(Undecided(start));
        if (decision.Kind != EffectDecisionKind.Redo)
            return decision;
        LogDecision(start, decision);
        return null;
    }

    /// <summary>The end of an effect as a person decided it.</summary>
    /// <exception cref="RunSuspendedException">The result that the person gave is not one of this effect.</exception>
    private RunEvent ByDecision<TRequest, TResult>(Effect<TRequest, TResult> effect, RunEvent start, RunEventKind endKind, EffectDecision decision)
    {
        var end = Event(endKind, start.Id, start.Name) with { StartTime = start.Time };
        if (decision.Kind == EffectDecisionKind.Fail)
        {
            end = end with { Failure = new RunFailure("Decision", decision.Result ?? "A person decided that it failed.") };
        }
        else
        {
            var result = Encoding.UTF8.GetBytes(decision.Result ?? "null");
            try
            {
                effect.Codec.DecodeResult(result, _ledger.Payloads);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new RunSuspendedException(Undecided(start, $"The result given for '{start.Name}' cannot be read: {e.Message} It must be JSON, text in double quotes. Did it happen?"));
            }

            end = end with { Output = _ledger.Payloads.Put(result) };
        }

        LogDecision(start, decision);
        _ledger.End(end);
        return end;
    }

    /// <summary>The decision that an effect in flight needs from a person.</summary>
    internal static PendingInteraction Undecided(RunEvent start, string? question = null) => new(
        start.Id,
        question ?? $"'{start.Name}' was in flight when the process ended, and it is not declared safe to run again. Did it happen?",
        Decision: true,
        ["redo", "result:JSON", "fail:MESSAGE"]);

    private void LogDecision(RunEvent start, EffectDecision decision) =>
        Logged(RunEventKind.Decision, start.Id, start.Name, new Dictionary<string, string> { ["decision"] = decision.Kind.ToString() });
}
