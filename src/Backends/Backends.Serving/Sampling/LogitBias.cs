namespace Backends.Serving.Sampling;

/// <summary>Moves logits before a token is chosen: a bias for listed tokens, and less for tokens that the reply already has.</summary>
/// <remarks>
/// Source: OpenAI's API reference, <c>logit_bias</c>, <c>frequency_penalty</c>, <c>presence_penalty</c>:
/// x(i) + bias(i) - count(i) * frequency - (count(i) > 0) * presence. Thread safety: none; it belongs to one reply.
/// </remarks>
internal sealed class LogitBias
{
    private readonly IReadOnlyDictionary<int, float> _bias;
    private readonly double _frequency;
    private readonly double _presence;
    private readonly Dictionary<int, int> _counts = [];
    private float[] _moved = [];

    /// <param name="bias">What is added to the logits of some tokens, ids in [0, V).</param>
    /// <param name="frequency">What each occurrence in the reply takes away.</param>
    /// <param name="presence">What occurring at all takes away.</param>
    public LogitBias(IReadOnlyDictionary<int, float> bias, double frequency, double presence) => (_bias, _frequency, _presence) = (bias, frequency, presence);

    private bool IsIdle => _bias.Count == 0 && _frequency == 0 && _presence == 0;

    /// <summary>The logits to choose from; the given ones where nothing moves them.</summary>
    public ReadOnlySpan<float> Apply(ReadOnlySpan<float> logits)
    {
        if (IsIdle) return logits;
        if (_moved.Length != logits.Length) _moved = new float[logits.Length];
        logits.CopyTo(_moved);
        foreach (var (token, amount) in _bias) _moved[token] += amount;
        foreach (var (token, count) in _counts) _moved[token] -= (float)((count * _frequency) + _presence);
        return _moved;
    }

    /// <summary>Counts a token that was chosen.</summary>
    public void Count(int token)
    {
        if (_frequency != 0 || _presence != 0) _counts[token] = _counts.GetValueOrDefault(token) + 1;
    }
}
