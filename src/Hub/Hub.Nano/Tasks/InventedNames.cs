namespace Hub.Nano.Tasks;

/// <summary>Names that nobody has: two or three syllables. An eighth of them never occur in training.</summary>
internal static class InventedNames
{
    private static readonly string[] s_onsets = ["b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z"];
    private static readonly string[] s_vowels = ["a", "e", "i", "o", "u"];
    private static readonly string[] s_codas = ["", "", "l", "n", "r", "s", "k", "m", "t", "nd", "x"];

    /// <summary>A name that training may see, or any name in an evaluation.</summary>
    public static string Draw(Draft draft) => draft.Name(() => One(draft.Random));

    private static string One(NanoRandom random)
    {
        var syllables = random.Chance(0.75) ? 2 : 3;
        var name = string.Concat(Enumerable.Range(0, syllables).Select(i => random.Pick(s_onsets) + random.Pick(s_vowels) + (i == syllables - 1 ? random.Pick(s_codas) : "")));
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
