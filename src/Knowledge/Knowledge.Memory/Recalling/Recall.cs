using System.Text;

namespace Knowledge.Memory;

/// <summary>What a memory knows about a question, with where it comes from.</summary>
public sealed record Recall
{
    /// <summary>What was asked.</summary>
    public required string Question { get; init; }

    /// <summary>Facts, the best first.</summary>
    public required IReadOnlyList<RecalledFact> Facts { get; init; }

    /// <summary>What was said, the best first.</summary>
    public required IReadOnlyList<RecalledTurn> Turns { get; init; }

    /// <summary>Purges that took something away which was known at the time that was asked about; its answer is therefore not what it was then.</summary>
    public IReadOnlyList<DateTimeOffset> Purged { get; init; } = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Facts.Count == 0 && Turns.Count == 0 && Purged.Count == 0;

    /// <summary>Facts and turns in words, a line each: what a model reads.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (var purge in Purged)
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Something that was known then was purged on {purge:yyyy-MM-dd}.\n");
            foreach (var fact in Facts)
                text.Append(fact.Text).Append('\n');
            foreach (var turn in Turns)
                text.Append(turn).Append('\n');
            return text.ToString().TrimEnd('\n');
        }
    }

    /// <summary>Each fact with its claims, the proof where it was inferred, and what contradicts it: what a person reads who doubts it.</summary>
    public string Evidence
    {
        get
        {
            var text = new StringBuilder();
            foreach (var fact in Facts)
            {
                text.Append(fact.Text).Append('\n');
                foreach (var claim in fact.Claims)
                    text.Append("  ").Append(claim).Append('\n');
                if (fact.Proof is { } proof)
                    text.Append("  ").Append(proof.ReplaceLineEndings("\n  ").TrimEnd()).Append('\n');
                foreach (var contradiction in fact.Contradictions)
                    text.Append("  against: ").Append(contradiction.Other).Append(" (").Append(contradiction.Reason).Append(")\n");
            }

            foreach (var turn in Turns)
                text.Append(turn).Append("  [").Append(turn.Source).Append(' ').Append(turn.Name).Append("]\n");
            return text.ToString().TrimEnd('\n');
        }
    }
}

/// <summary>A fact that was recalled.</summary>
/// <param name="Triple">The fact.</param>
/// <param name="Text">In words.</param>
/// <param name="Score">How well it fits, higher is better.</param>
/// <param name="Claims">Who says so; empty where it was inferred or loaded.</param>
/// <param name="Proof">Why it follows, where it was inferred; null otherwise.</param>
/// <param name="Contradictions">Claims against it that are kept and not held.</param>
public sealed record RecalledFact(Triple Triple, string Text, double Score, IReadOnlyList<Claim> Claims, string? Proof, IReadOnlyList<Contradiction> Contradictions)
{
    /// <summary>The highest confidence among its claims, each times the trust in its source; 1 where it was loaded.</summary>
    public double Confidence => Claims.Count == 0 ? 1 : Claims.Max(c => c.Confidence * c.Trust);
}

/// <summary>Something that was said.</summary>
/// <param name="Id">The turn.</param>
/// <param name="Source">Its source.</param>
/// <param name="Name">Its name within the source.</param>
/// <param name="Session">What it belongs to within the source; empty for the source itself.</param>
/// <param name="Speaker">Who spoke, or null.</param>
/// <param name="At">When, or null.</param>
/// <param name="Text">What was said.</param>
public sealed record RecalledTurn(Iri Id, string Source, string Name, string Session, string? Speaker, DateTimeOffset? At, string Text)
{
    /// <summary>How well it fits, higher is better.</summary>
    public double Score { get; init; }

    /// <summary>Further words by which it is found.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>JSON that was kept beside it, or null.</summary>
    public string? Metadata { get; init; }

    /// <summary>The turn as a line.</summary>
    public override string ToString() => FormattableString.Invariant($"{(At is { } at ? $"[{at:yyyy-MM-dd}] " : "")}{(Speaker is null ? "" : $"{Speaker}: ")}{Text}");
}

/// <summary>How a memory is asked.</summary>
public sealed record RecallOptions
{
    /// <summary>Most facts.</summary>
    /// <value>The default is 10.</value>
    public int MaxFacts { get; init; } = 10;

    /// <summary>Most turns.</summary>
    /// <value>The default is 5.</value>
    public int MaxTurns { get; init; } = 5;

    /// <summary>How many steps from what the question names facts are looked for, 1 to 4.</summary>
    /// <value>The default is 2.</value>
    public int Hops { get; init; } = 2;

    /// <summary>Most facts of one entity and property that are looked at.</summary>
    /// <value>The default is 64.</value>
    public int MaxFan { get; init; } = 64;

    /// <summary>Most entities that are looked at.</summary>
    /// <value>The default is 256.</value>
    public int MaxEntities { get; init; } = 256;

    /// <summary>Whom "I" in the question means, or null.</summary>
    public string? Speaker { get; init; }

    /// <summary>Which times are asked about: what was so then, as it was known then.</summary>
    /// <value>The default is what is held now about now.</value>
    public AsOf AsOf { get; init; }
}
