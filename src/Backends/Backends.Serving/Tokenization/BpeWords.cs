using System.Text;

namespace Backends.Serving.Tokenization;

/// <summary>The different words of a corpus as token ids, with the counts of neighbouring pairs kept up to date while pairs are merged.</summary>
internal sealed class BpeWords
{
    private readonly List<(int[] Ids, long Count)> _words = [];
    private readonly Dictionary<(int Left, int Right), long> _pairCounts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _pairWords = [];
    private readonly PriorityQueue<(int Left, int Right, long Count), (long NegativeCount, int Left, int Right)> _queue = new();
    private readonly HashSet<(int Left, int Right)> _changed = [];

    public BpeWords(IReadOnlyDictionary<string, long> counts)
    {
        foreach (var (word, count) in counts)
        {
            var ids = Encoding.UTF8.GetBytes(word).Select(b => (int)b).ToArray();
            if (ids.Length < 2) continue;
            _words.Add((ids, count));
            Count(_words.Count - 1, sign: 1);
        }
        Enqueue();
    }

    /// <summary>The most frequent pair, the lowest ids among equals; null when no pair is left.</summary>
    public (int Left, int Right, long Count)? MostFrequent()
    {
        while (_queue.TryPeek(out var best, out _))
        {
            if (_pairCounts.GetValueOrDefault((best.Left, best.Right)) == best.Count) return best;
            _queue.Dequeue();   // The count has changed since; a fresh entry is in the queue.
        }
        return null;
    }

    /// <summary>Replaces the pair by one token everywhere, from left to right.</summary>
    public void Merge(int left, int right, int id)
    {
        foreach (var index in _pairWords[(left, right)].ToArray())
        {
            Count(index, sign: -1);
            _words[index] = (Merged(_words[index].Ids, left, right, id), _words[index].Count);
            Count(index, sign: 1);
        }
        Enqueue();
    }

    private static int[] Merged(int[] ids, int left, int right, int id)
    {
        var merged = new List<int>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            var isPair = i + 1 < ids.Length && ids[i] == left && ids[i + 1] == right;
            merged.Add(isPair ? id : ids[i]);
            if (isPair) i++;
        }
        return [.. merged];
    }

    private void Count(int index, int sign)
    {
        var (ids, count) = _words[index];
        for (var i = 0; i + 1 < ids.Length; i++)
        {
            var pair = (ids[i], ids[i + 1]);
            _pairCounts[pair] = _pairCounts.GetValueOrDefault(pair) + (sign * count);
            if (!_pairWords.TryGetValue(pair, out var members)) _pairWords[pair] = members = [];
            if (sign > 0) members.Add(index);
            else members.Remove(index);
            _changed.Add(pair);
        }
    }

    private void Enqueue()
    {
        foreach (var (left, right) in _changed)
        {
            var count = _pairCounts[(left, right)];
            if (count > 0) _queue.Enqueue((left, right, count), (-count, left, right));
        }
        _changed.Clear();
    }
}
