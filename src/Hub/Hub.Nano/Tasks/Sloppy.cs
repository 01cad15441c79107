using System.Text;

namespace Hub.Nano.Tasks;

/// <summary>What people do to a question: politeness around it, lower case, missing or doubled punctuation, a slip of the finger.</summary>
internal static class Sloppy
{
    public static string Write(Draft draft, string question)
    {
        var random = draft.Random;
        var text = random.Chance(0.35) ? Wrapped(draft, question) : question;
        if (random.Chance(0.06))
            text = Slip(random, text);
        if (random.Chance(0.16))
            text = text.ToLowerInvariant();
        else if (random.Chance(0.02))
            text = text.ToUpperInvariant();
        if (random.Chance(0.16))
            text = text.TrimEnd('.', '?', '!');
        else if (random.Chance(0.04))
            text = text.TrimEnd('.', '?') + random.Pick<string>(["??", "?!", "...", " ?", "!"]);
        return text;
    }

    private static string Wrapped(Draft draft, string question)
    {
        // Wraps of the reserved side are seen in reserved questions only, but do not make a question reserved.
        var wantReserved = draft.Split == Split.Reserved && draft.Random.Chance(0.5);
        string[] fitting = [.. Phrases.Wraps.Where(w => Draft.IsReserved("wrap", w) == wantReserved)];
        var wrap = draft.Random.Pick(fitting);
        var lower = wrap.Contains(", {u}", StringComparison.Ordinal) && draft.Random.Chance(0.6);
        return wrap.Replace("{u}", lower ? char.ToLowerInvariant(question[0]) + question[1..] : question, StringComparison.Ordinal);
    }

    /// <summary>Swaps, drops or doubles one letter inside a longer word.</summary>
    public static string Slip(NanoRandom random, string text)
    {
        int[] places = [.. Enumerable.Range(1, Math.Max(0, text.Length - 3))
            .Where(i => char.IsAsciiLetterLower(text[i - 1]) && char.IsAsciiLetterLower(text[i]) && char.IsAsciiLetterLower(text[i + 1]) && char.IsAsciiLetter(text[i + 2]))];
        if (places.Length == 0)
            return text;
        var at = random.Pick(places);
        var slipped = new StringBuilder(text);
        switch (random.Below(3))
        {
            case 0:
                (slipped[at], slipped[at + 1]) = (slipped[at + 1], slipped[at]);
                break;
            case 1:
                slipped.Remove(at, 1);
                break;
            default:
                slipped.Insert(at, text[at]);
                break;
        }

        return slipped.ToString();
    }
}
