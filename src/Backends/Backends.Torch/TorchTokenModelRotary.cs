namespace Backends.Torch;

/// <summary>Cosines and sines of the rotary embedding, made as far as sequences have come.</summary>
internal sealed class TorchTokenModelRotary
{
    private readonly double[] _frequencies;
    private float[] _cosines = [];
    private float[] _sines = [];
    private int _positions;

    /// <summary>Prepares the frequencies theta^(-2i/D).</summary>
    /// <param name="headWidth">D, even.</param>
    /// <param name="theta">Base of the frequencies.</param>
    public TorchTokenModelRotary(int headWidth, double theta) =>
        _frequencies = Enumerable.Range(0, headWidth / 2).Select(i => Math.Pow(theta, -2.0 * i / headWidth)).ToArray();

    /// <summary>Makes the table for positions below a count.</summary>
    /// <param name="positions">Positions needed.</param>
    /// <param name="limit">The model's context; the table never grows past it.</param>
    public void Reserve(int positions, int limit)
    {
        if (positions <= _positions)
            return;
        var wanted = (int)Math.Min(limit, Math.Max(positions, 2L * _positions));
        var half = _frequencies.Length;
        Array.Resize(ref _cosines, wanted * half);
        Array.Resize(ref _sines, wanted * half);
        for (var position = _positions; position < wanted; position++)
        {
            for (var i = 0; i < half; i++)
            {
                var (sine, cosine) = Math.SinCos(position * _frequencies[i]);
                (_sines[(position * half) + i], _cosines[(position * half) + i]) = ((float)sine, (float)cosine);
            }
        }

        _positions = wanted;
    }

    /// <summary>Cosines of one reserved position, <c>[D/2]</c>.</summary>
    public ReadOnlySpan<float> Cosines(int position) => _cosines.AsSpan(position * _frequencies.Length, _frequencies.Length);

    /// <summary>Sines of one reserved position, <c>[D/2]</c>.</summary>
    public ReadOnlySpan<float> Sines(int position) => _sines.AsSpan(position * _frequencies.Length, _frequencies.Length);
}
