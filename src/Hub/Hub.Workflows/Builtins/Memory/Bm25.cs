namespace Hub.Workflows.Builtins.Memory;

/// <summary>Okapi BM25 over a handful of texts, with the idf that is never negative.</summary>
/// <remarks>Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, equation 3.15.</remarks>
internal static class Bm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    /// <summary>A score for each text; 0 where it shares no word with the query.</summary>
    public static double[] Scores(string query, IReadOnlyList<string> texts)
    {
        var documents = texts.Select(Words).ToArray();
        var wanted = Words(query).Distinct(StringComparer.Ordinal).ToArray();
        var scores = new double[documents.Length];
        var average = documents.Length == 0 ? 0 : documents.Average(d => (double)d.Count);
        foreach (var word in wanted)
        {
            int[] counts = [.. documents.Select(d => d.Count(w => w == word))];
            var holding = counts.Count(c => c > 0);
            var idf = Math.Log(1 + ((documents.Length - holding + 0.5) / (holding + 0.5)));
            for (var i = 0; i < documents.Length; i++)
                scores[i] += counts[i] == 0 ? 0 : idf * counts[i] * (K1 + 1) / (counts[i] + (K1 * (1 - B + (B * documents[i].Count / average))));
        }

        return scores;
    }

    /// <summary>Words in lower case, without punctuation.</summary>
    internal static List<string> Words(string text)
    {
        List<string> words = [];
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isWord = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (isWord && start < 0)
                start = i;
            if (isWord || start < 0)
                continue;
            words.Add(text[start..i].ToLowerInvariant());
            start = -1;
        }

        return words;
    }
}
