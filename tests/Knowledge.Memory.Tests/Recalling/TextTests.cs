namespace Knowledge.Memory.Tests.Recalling;

public sealed class TextTests
{
    // From the examples of the paper's rules.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("cats", "cat")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("motoring", "motor")]
    [InlineData("sing", "sing")]
    [InlineData("conflated", "conflat")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("sky", "sky")]
    [InlineData("relational", "relat")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("triplicate", "triplic")]
    [InlineData("hopefulness", "hope")]
    [InlineData("adoption", "adopt")]
    [InlineData("rate", "rate")]
    [InlineData("controll", "control")]
    [InlineData("lives", "live")]
    [InlineData("zürich", "zürich")]
    public void Stem_ExamplesOfThePaper_AreStemmedSo(string word, string stem) => Assert.Equal(stem, PorterStemmer.Stem(word));

    [Fact]
    public void Scores_RandomTexts_EqualTheFormula()
    {
        var random = new Random(3);
        string[] vocabulary = ["a1", "b1", "c1", "d1", "e1", "f1", "g1"];
        var texts = Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, random.Next(1, 12)).Select(_ => vocabulary[random.Next(random.Next(1, 8))]).ToList()).ToList();
        var index = new TextIndex(1.2, 0.75);
        foreach (var text in texts)
            index.Add(text);
        string[] question = ["a1", "f1", "unknown"];
        var scores = index.Scores(question);
        for (var i = 0; i < texts.Count; i++)
            Assert.Equal(Slow(texts, i, question, 0.75), scores.GetValueOrDefault(i), 9);
        Assert.Contains(Enumerable.Range(0, texts.Count), i => Math.Abs(Slow(texts, i, question, b: 0.5) - scores.GetValueOrDefault(i)) > 1e-6);
    }

    [Fact]
    public void Scores_CommonWordInALargeCollection_ScoresButFindsNothingAlone()
    {
        var index = new TextIndex(1.2, 0.75);
        for (var i = 0; i < 25_000; i++)
            index.Add(i % 10_000 == 7 ? ["common", "rare"] : ["common"]);
        var rare = index.Scores(["rare"]);
        var both = index.Scores(["rare", "common"]);
        Assert.Equal([7, 10_007, 20_007], both.Keys.Order());
        Assert.True(both[7] > rare[7]);
        Assert.Equal(25_000, index.Scores(["common"]).Count);
    }

    [Fact]
    public void In_Names_LongerOnesWin()
    {
        var index = new EntityIndex();
        var names = new Dictionary<uint, Term> { [1] = new Iri("http://x/oslo"), [2] = new Iri("http://x/oslo_harbour"), [3] = new Iri("http://x/p") };
        index.Add(new QuadIds(new TermId(1), new TermId(3), new TermId(2), default), id => names[id.Value], isLabel: false);
        Assert.Equal([new TermId(2)], index.In("Where is the Oslo harbour?"));
        Assert.Equal([new TermId(1)], index.In("Where is Oslo?"));
        Assert.Empty(index.In("Where is the harbour?"));
    }

    [Theory]
    [InlineData("Zoe\u0308", "zo\u00EB")]
    [InlineData("A\u030Alesund", "\u00E5lesund")]
    [InlineData("Nguye\u0302\u0303n", "nguy\u1EC5n")]
    [InlineData("x\u0308y", "\u1E8Dy")]
    public void Words_MarksApart_AreComposed(string text, string word) => Assert.Equal([word], TextAnalysis.Words(text));

    [Theory]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940 x", "\u0939\u093F\u0928\u094D\u0926\u0940", "x")]
    [InlineData("q\u0308r, \u0308s", "q\u0308r", "s")]
    public void Words_MarksThatStayApart_AreInTheWord(string text, params string[] words) => Assert.Equal(words, TextAnalysis.Words(text));

    [Fact]
    public void Compose_Golden_IsNormalFormC()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Recalling", "Golden", "nfc.tsv")).Skip(1).Select(l => l.Split('\t').Select(Text).ToArray()).ToList();
        Assert.True(lines.Count >= 400 && lines.Count(l => l[0] != l[1]) > 200);
        Assert.All(lines, l => Assert.Equal(l[1], CanonicalComposition.Compose(l[0])));
        Assert.All(lines, l => Assert.Equal(l[1], CanonicalComposition.Compose(l[1])));
        // One that takes marks as they come, and one that leaves Hangul apart, would be caught.
        Assert.Contains(lines, l => l[0].Any(c => c is >= '\u0316' and <= '\u0331') && l[0] != l[1]);
        Assert.Contains(lines, l => l[1].Any(c => c is >= '\uAC00' and < '\uD7A4'));

        static string Text(string codes) =>
            string.Concat(codes.Split(' ').Select(c => (char)int.Parse(c, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static double Slow(List<List<string>> texts, int i, string[] question, double b)
    {
        var average = texts.Average(t => (double)t.Count);
        return question.Sum(word =>
        {
            var holding = texts.Count(t => t.Contains(word));
            var count = texts[i].Count(w => w == word);
            return Math.Log(1 + ((texts.Count - holding + 0.5) / (holding + 0.5))) * count * 2.2 / (count + (1.2 * (1 - b + (b * texts[i].Count / average))));
        });
    }
}
