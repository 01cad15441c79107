namespace Hub.Nano.Tasks;

/// <summary>Word problems.</summary>
internal static class Stories
{
    public static string Whole(Draft draft, Operation operation) => Dressed(draft, draft.Atom("whole", StoryPhrases.Whole[operation]));

    public static string Composed(Draft draft, Operation operation)
    {
        var story = operation switch
        {
            Operation.Add => Told(draft, "add", StoryPhrases.AddBegins, StoryPhrases.AddEvents, StoryPhrases.AddAsks),
            Operation.Subtract => Told(draft, "subtract", StoryPhrases.SubtractBegins, StoryPhrases.SubtractEvents, StoryPhrases.SubtractAsks),
            Operation.Multiply => $"{draft.Atom("multiply_fact", StoryPhrases.MultiplyFacts)} {draft.Atom("multiply_ask", StoryPhrases.MultiplyAsks)}",
            _ => $"{draft.Atom("divide_fact", StoryPhrases.DivideFacts)} {draft.Atom("divide_ask", StoryPhrases.DivideAsks)}",
        };
        return Dressed(draft, story);
    }

    private static string Told(Draft draft, string kind, string[] begins, string[] events, string[] asks)
    {
        var begin = draft.Atom($"{kind}_begin", begins);
        var what = draft.Atom($"{kind}_event", events);
        var link = draft.Random.Pick<string>([" and ", ". Then {p} ", ", then {p} ", ". {P2} "]);
        if (!begin.Contains("{P}", StringComparison.Ordinal))
            link = draft.Random.Pick<string>([". Then {P} ", ". {P} ", ", and {P} "]);
        return $"{begin}{link}{what}. {draft.Atom($"{kind}_ask", asks)}";
    }

    /// <summary>Fills in people, things and containers; the same person throughout.</summary>
    private static string Dressed(Draft draft, string story)
    {
        var random = draft.Random;
        var person = random.Pick(StoryPhrases.People);
        var things = random.Pick(StoryPhrases.Things);
        var (one, many) = random.Pick(StoryPhrases.Containers);
        var text = story
            .Replace("{O}", things, StringComparison.Ordinal).Replace("{Ks}", many, StringComparison.Ordinal).Replace("{K}", one, StringComparison.Ordinal)
            .Replace("{p}", random.Pick<string>(["she", "he", person]), StringComparison.Ordinal).Replace("{P2}", random.Pick<string>(["She", "He", "{P}"]), StringComparison.Ordinal);
        foreach (var end in (string[])[". ", "? "])
            text = text.Replace(end + "{P}", end + char.ToUpperInvariant(person[0]) + person[1..], StringComparison.Ordinal);
        return text.Replace("{P}", person, StringComparison.Ordinal);
    }
}
