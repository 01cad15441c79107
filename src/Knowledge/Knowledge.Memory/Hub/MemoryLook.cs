using Hub.Abstractions;

namespace Knowledge.Memory;

/// <summary>A memory as a person looks at it.</summary>
internal static class MemoryLook
{
    /// <summary>Most facts on a page.</summary>
    public const int MaxFacts = 60;

    private const int MaxTurns = 20;

    /// <summary>What there is around a question, or whatever there is.</summary>
    public static async Task<MemoryGraphView> AtAsync(GraphMemory memory, MemoryOwner owner, string question, CancellationToken cancellationToken)
    {
        if (question.Length == 0)
            return new MemoryGraphView([.. memory.Recalled(memory.Facts().Where(t => !EntityIndex.IsLabel(((Iri)t.Predicate).Value)).Take(MaxFacts)).Select(f => Fact(memory, f))], []);
        var recall = await memory.RecallAsync(question, new RecallOptions { MaxFacts = MaxFacts, MaxTurns = MaxTurns, Speaker = owner.UserId }, cancellationToken);
        return new MemoryGraphView([.. recall.Facts.Select(f => Fact(memory, f))], [.. recall.Turns.Select(t => t.ToString())]);
    }

    private static MemoryGraphFact Fact(GraphMemory memory, RecalledFact fact) => new()
    {
        Key = fact.Triple.ToString(),
        Subject = GraphMemory.Words(fact.Triple.Subject),
        Predicate = memory.Schema[(Iri)fact.Triple.Predicate].Verbalised,
        Object = GraphMemory.Words(fact.Triple.Object),
        Text = fact.Text,
        Confidence = fact.Confidence,
        Claims = [.. fact.Claims.Select(c => c.ToString())],
        Proof = fact.Proof,
        Against = [.. fact.Contradictions.Select(c => $"{c.Other} – {c.Reason}")],
        History = [.. memory.History(fact.Triple).Select(h => new MemoryGraphBelief(h.Claim.ToString(), h.KnownFrom, h.KnownTo))],
    };
}
