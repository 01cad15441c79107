using System.Text;
using System.Text.RegularExpressions;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Tests.Reference;

/// <summary>The obvious trainer: counts every pair of every word anew before each merge.</summary>
internal static class NaiveBpeTrainer
{
    public static List<(string Left, string Right)> Merges(IEnumerable<string> texts, int merges, string pattern)
    {
        var alphabet = Enumerable.Range(0, 256).Select(b => ByteAlphabet.ToChar((byte)b).ToString()).ToList();
        var words = texts.SelectMany(t => Regex.Matches(t, pattern).Select(m => Encoding.UTF8.GetBytes(m.Value).Select(b => (int)b).ToList())).ToList();
        var learnt = new List<(string, string)>();
        while (learnt.Count < merges)
        {
            var counts = new Dictionary<(int, int), int>();
            foreach (var word in words)
                for (var i = 0; i + 1 < word.Count; i++)
                    counts[(word[i], word[i + 1])] = counts.GetValueOrDefault((word[i], word[i + 1])) + 1;
            var best = counts.Where(c => c.Value >= BpeTrainer.MinPairCount)
                .OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => ((int, int)?)c.Key).FirstOrDefault();
            if (best is not var (left, right)) break;
            var token = alphabet[left] + alphabet[right];
            var id = alphabet.IndexOf(token);
            if (id < 0)
            {
                id = alphabet.Count;
                alphabet.Add(token);
            }
            learnt.Add((alphabet[left], alphabet[right]));
            foreach (var word in words)
                for (var i = 0; i + 1 < word.Count; i++)
                    if (word[i] == left && word[i + 1] == right)
                    {
                        word[i] = id;
                        word.RemoveAt(i + 1);
                    }
        }
        return learnt;
    }
}
