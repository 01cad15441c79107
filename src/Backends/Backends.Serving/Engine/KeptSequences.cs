using Backends.Abstractions;

namespace Backends.Serving.Engine;

/// <summary>Caches of finished replies, the most recently finished last; a prompt that begins with one continues from it.</summary>
internal sealed class KeptSequences(int limit) : IDisposable
{
    private readonly List<(int[] Tokens, ITokenSequence Sequence)> _kept = [];

    public int Count => _kept.Count;

    /// <summary>Takes the longest kept sequence that the prompt begins with and goes on after.</summary>
    /// <returns>The sequence, which the caller owns now, or null.</returns>
    public ITokenSequence? Take(ReadOnlySpan<int> prompt)
    {
        var best = -1;
        for (var i = 0; i < _kept.Count; i++)
        {
            var tokens = _kept[i].Tokens;
            if (tokens.Length < prompt.Length && prompt.StartsWith(tokens) && (best < 0 || tokens.Length > _kept[best].Tokens.Length)) best = i;
        }
        if (best < 0) return null;
        var sequence = _kept[best].Sequence;
        _kept.RemoveAt(best);
        return sequence;
    }

    /// <summary>Keeps a sequence; the one kept longest is disposed where there are too many.</summary>
    /// <param name="tokens">All tokens of a conversation; the sequence has been fed its first ones.</param>
    /// <param name="sequence">The sequence, owned from now on.</param>
    public void Add(ReadOnlySpan<int> tokens, ITokenSequence sequence)
    {
        _kept.Add((tokens[..sequence.Length].ToArray(), sequence));
        while (_kept.Count > limit)
        {
            _kept[0].Sequence.Dispose();
            _kept.RemoveAt(0);
        }
    }

    public void Dispose()
    {
        foreach (var (_, sequence) in _kept) sequence.Dispose();
        _kept.Clear();
    }
}
