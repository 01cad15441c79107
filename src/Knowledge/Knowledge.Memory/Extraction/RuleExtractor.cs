using System.Text.RegularExpressions;

namespace Knowledge.Memory;

/// <summary>Finds facts by the words that a schema gives its properties. No model takes part; the same text gives the same facts.</summary>
/// <remarks>
/// <para>Three forms of English sentences are known, where W are words of a property: <c>S W O</c> ("Bea moved to Oslo in May 2024"), <c>S's W is O</c> ("Ada's daughter is Bea"; "my daughter is Bea"),
/// <c>O is S's W</c> ("Bea is Ada's daughter"). A name is a run of capitalised words, or "I" and "my" for the speaker; the value of a property of literals is the rest of the clause. Times are those of <see cref="TimeExpressions"/>.</para>
/// <para>Not known: pronouns other than the speaker's, negation ("does not live in" is passed over), questions (passed over), several facts in one clause, reported speech. What is not known gives no fact.</para>
/// <para>Limits: sentences of at most <see cref="MaxSentence"/> characters.</para>
/// </remarks>
public sealed partial class RuleExtractor : IMemoryExtractor
{
    /// <summary>Longest sentence that is looked at.</summary>
    public const int MaxSentence = 2_000;

    private static readonly string[] s_pronouns = ["He", "She", "It", "They", "We", "You", "This", "That", "There", "Who", "Somebody", "Nobody", "Everybody"];

    private const string Name = @"(?:\p{Lu}[\p{L}\p{M}\p{N}'’-]*(?:\s+(?:(?:of|de|van|von|al|the)\s+)?\p{Lu}[\p{L}\p{M}\p{N}-]*)*)";

    [GeneratedRegex(@"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]?", RegexOptions.CultureInvariant)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"\b(?:not|never|n't|n’t|no longer)\b|n't\b|n’t\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Negation();

    [GeneratedRegex("^" + Name, RegexOptions.CultureInvariant)]
    private static partial Regex LeadingName();

    [GeneratedRegex(Name + "$", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingName();

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryFact>> ExtractAsync(RecalledTurn turn, ExtractionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(context);
        List<MemoryFact> facts = [];
        foreach (Match sentence in Sentences().Matches(turn.Text))
        {
            if (sentence.Length > MaxSentence || sentence.Value.EndsWith('?') || Negation().IsMatch(sentence.Value))
                continue;
            if (Sentence(sentence.Value, turn, context) is { } fact)
                facts.Add(fact with { Span = sentence.Index..(sentence.Index + sentence.Length) });
        }

        return Task.FromResult<IReadOnlyList<MemoryFact>>(facts);
    }

    private static MemoryFact? Sentence(string sentence, RecalledTurn turn, ExtractionContext context)
    {
        var times = TimeExpressions.In(sentence, turn.At ?? DateTimeOffset.UnixEpoch);
        var text = sentence;
        foreach (var time in times.Reverse())
            text = text.Remove(time.Index, time.Length);
        text = text.Trim().TrimEnd('.', '!', ' ');
        foreach (var (property, words, change) in Forms(context.Schema))
        {
            var at = IndexOfWords(text, words);
            if (at < 0)
                continue;
            var before = text[..at].Trim();
            var after = text[(at + words.Length)..].Trim();
            if ((Possessive(before, after, property, turn, context) ?? Verb(before, after, property, turn, context)) is { } found)
                return Timed(found, change, times);
        }

        return null;
    }

    // Longer words first, so that "moved away from" is not read as "moved".
    private static IEnumerable<(MemoryProperty Property, string Words, WordsMean Meaning)> Forms(MemorySchema schema) =>
        schema.Properties.SelectMany(p => p.Words.Select(w => (p, w, WordsMean.Holds)).Concat(p.Begins.Select(w => (p, w, WordsMean.Begins))).Concat(p.Ends.Select(w => (p, w, WordsMean.Ends))))
            .OrderByDescending(f => f.w.Length).ThenBy(f => f.w, StringComparer.Ordinal);

    private static int IndexOfWords(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + words.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return at;
        }

        return -1;
    }

    // "Bea moved to Oslo"
    private static MemoryFact? Verb(string before, string after, MemoryProperty property, RecalledTurn turn, ExtractionContext context)
    {
        if (Subject(before, turn, context) is not { } subject || Value(after, property, turn, context) is not { } value)
            return null;
        return new MemoryFact(subject, property.Iri, value);
    }

    // "Ada's daughter is Bea", "Bea is Ada's daughter"
    private static MemoryFact? Possessive(string before, string after, MemoryProperty property, RecalledTurn turn, ExtractionContext context)
    {
        if (Owner(before) is not { } owner)
            return null;
        var rest = before[..^owner.Length].Trim();
        var name = owner.Equals("my", StringComparison.OrdinalIgnoreCase) ? turn.Speaker : owner[..^2];
        if (name is null)
            return null;
        if (After(after, "is") is { } right && Value(right, property, turn, context) is { } value)
            return new MemoryFact(context.Entity(name), property.Iri, value);
        return rest.EndsWith(" is", StringComparison.Ordinal) && after.Length == 0 && Value(rest[..^3], property, turn, context) is { } left ? new MemoryFact(context.Entity(name), property.Iri, left) : null;
    }

    private static string? Owner(string before)
    {
        var space = before.LastIndexOf(' ');
        if (before[(space + 1)..].Equals("my", StringComparison.OrdinalIgnoreCase))
            return before[(space + 1)..];
        if (!before.EndsWith("'s", StringComparison.Ordinal) && !before.EndsWith("’s", StringComparison.Ordinal))
            return null;
        return TrailingName().Match(before[..^2]) is { Success: true } name ? name.Value + before[^2..] : null;
    }

    private static string? After(string text, string word) => text.StartsWith(word + " ", StringComparison.OrdinalIgnoreCase) ? text[(word.Length + 1)..].Trim() : null;

    private static Iri? Subject(string before, RecalledTurn turn, ExtractionContext context)
    {
        var words = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        while (words.Length > 0 && words[^1] is "have" or "has" or "just" or "now" or "recently" or "also" or "'ve")
            words = words[..^1];
        var text = string.Join(' ', words);
        if (words is [.., "I"] or [.., "I've"])
            return turn.Speaker is { } speaker ? context.Entity(speaker) : null;
        return TrailingName().Match(text) is { Success: true } name && !s_pronouns.Contains(name.Value) ? context.Entity(name.Value) : null;
    }

    private static Term? Value(string text, MemoryProperty property, RecalledTurn turn, ExtractionContext context)
    {
        var clause = text.Split([',', ';', '(', ')'], 2)[0].Trim();
        if (clause.Length == 0)
            return null;
        if (property.TakesLiterals)
            return property.Range is XsdVocabulary.Integer or XsdVocabulary.Decimal && !decimal.TryParse(clause.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture, out _)
                ? null
                : new Literal(property.Range is XsdVocabulary.Integer or XsdVocabulary.Decimal ? clause.Split(' ')[0] : clause, property.Range!);
        if (clause is "me" or "I")
            return turn.Speaker is { } speaker ? context.Entity(speaker) : null;
        return LeadingName().Match(clause.StartsWith("the ", StringComparison.Ordinal) ? clause[4..] : clause) is { Success: true } name ? context.Entity(name.Value) : null;
    }

    private static MemoryFact Timed(MemoryFact fact, WordsMean meaning, IReadOnlyList<TimeExpression> times)
    {
        var since = times.Where(t => t.Relation == TimeRelation.Since).Select(t => (DateTimeOffset?)t.From).FirstOrDefault();
        var until = times.Where(t => t.Relation == TimeRelation.Until).Select(t => (DateTimeOffset?)t.From).FirstOrDefault();
        var during = times.Where(t => t.Relation == TimeRelation.During).Select(t => (TimeExpression?)t).FirstOrDefault();
        return meaning switch
        {
            WordsMean.Begins => fact with { From = during?.From ?? since, To = until },
            WordsMean.Ends when (during?.From ?? until ?? since) is { } end => fact with { Change = FactChange.Ends, To = end },
            WordsMean.Ends => fact with { Change = FactChange.Ends },
            _ => fact with { From = since ?? during?.From, To = until ?? during?.To },
        };
    }

    private enum WordsMean
    {
        Holds,
        Begins,
        Ends,
    }
}
