namespace Memory.Benchmarks;

/// <summary>The baseline: Okapi BM25 with k1 = 1.2 and b = 0.75 over words in lower case. Written apart from the product.</summary>
internal sealed class PlainBm25
{
    private readonly List<Dictionary<string, int>> _texts;
    private readonly Dictionary<string, int> _holding = [];
    private readonly double _average;

    public PlainBm25(IEnumerable<string> texts)
    {
        _texts = [.. texts.Select(t => Words(t).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count()))];
        foreach (var word in _texts.SelectMany(t => t.Keys))
            _holding[word] = _holding.GetValueOrDefault(word) + 1;
        _average = _texts.Average(t => (double)t.Values.Sum());
    }

    public IReadOnlyList<int> Ranked(string question)
    {
        var scores = new double[_texts.Count];
        foreach (var word in Words(question).Distinct())
        {
            var idf = Math.Log(1 + ((_texts.Count - _holding.GetValueOrDefault(word) + 0.5) / (_holding.GetValueOrDefault(word) + 0.5)));
            for (var i = 0; i < scores.Length; i++)
                if (_texts[i].TryGetValue(word, out var count))
                    scores[i] += idf * count * 2.2 / (count + (1.2 * (0.25 + (0.75 * _texts[i].Values.Sum() / _average))));
        }

        return [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        var word = "";
        foreach (var c in text + " ")
        {
            if (char.IsLetterOrDigit(c))
                word += char.ToLowerInvariant(c);
            else if (word.Length > 0)
            {
                words.Add(word);
                word = "";
            }
        }

        return words;
    }
}
