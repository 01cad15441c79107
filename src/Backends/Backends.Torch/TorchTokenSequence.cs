using Backends.Abstractions;
using TorchSharp;

namespace Backends.Torch;

/// <summary>Keys, values and convolution rows of one sequence.</summary>
/// <remarks>Shape legend: H = key-value heads, P = places allocated, D = head width, S = convolution rows kept, C = channels.</remarks>
internal sealed class TorchTokenSequence : ITokenSequence
{
    private const int FirstCapacity = 64;

    private readonly int _heads;
    private readonly int _headWidth;
    private readonly int _limit;
    private readonly torch.Tensor[] _keys;   // per layer [H, P, D]
    private readonly torch.Tensor[] _values; // per layer [H, P, D]

    /// <summary>Opens an empty sequence.</summary>
    /// <param name="owner">The model that may be fed with it.</param>
    /// <param name="config">Its sizes.</param>
    public TorchTokenSequence(TorchTokenModel owner, Llama.LlamaConfig config)
    {
        Owner = owner;
        (_heads, _headWidth, _limit) = (config.KvHeads, config.HeadSize, config.Context);
        Capacity = Math.Min(FirstCapacity, _limit);
        _keys = Enumerable.Range(0, config.Layers).Select(_ => Empty(Capacity)).ToArray();
        _values = Enumerable.Range(0, config.Layers).Select(_ => Empty(Capacity)).ToArray();
        AttentionRows = Enumerable.Range(0, config.Layers).Select(_ => new float[config.ConvolutionState * config.Hidden]).ToArray();
        FeedForwardRows = Enumerable.Range(0, config.Layers).Select(_ => new float[config.ConvolutionState * config.Hidden]).ToArray();
    }

    /// <summary>The model that opened it.</summary>
    public TorchTokenModel Owner { get; }

    /// <inheritdoc/>
    public int Length { get; private set; }

    /// <summary>Places allocated, P.</summary>
    public int Capacity { get; private set; }

    /// <summary>Whether the caller has disposed it.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Inputs of the convolution before attention, per layer <c>[S, C]</c>, oldest first.</summary>
    public float[][] AttentionRows { get; }

    /// <summary>Inputs of the convolution before the feed-forward layer, per layer <c>[S, C]</c>, oldest first.</summary>
    public float[][] FeedForwardRows { get; }

    /// <summary>Keys of one layer, <c>[H, P, D]</c>; the sequence owns them.</summary>
    public torch.Tensor Keys(int layer) => _keys[layer];

    /// <summary>Values of one layer, <c>[H, P, D]</c>; the sequence owns them.</summary>
    public torch.Tensor Values(int layer) => _values[layer];

    /// <summary>Makes room for a length within the model's context; places double, so that growth costs a constant a token.</summary>
    /// <param name="length">Tokens that must fit.</param>
    public void Reserve(int length)
    {
        if (length <= Capacity)
            return;
        var capacity = (int)Math.Min(_limit, Math.Max(length, 2L * Capacity));
        for (var layer = 0; layer < _keys.Length; layer++)
        {
            _keys[layer] = Grown(_keys[layer], capacity);
            _values[layer] = Grown(_values[layer], capacity);
        }

        Capacity = capacity;
    }

    /// <summary>Counts tokens that every layer now holds.</summary>
    public void Advance(int tokens) => Length += tokens;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        foreach (var tensor in _keys.Concat(_values))
            tensor.Dispose();
    }

    private torch.Tensor Empty(int capacity) => torch.empty(_heads, capacity, _headWidth).DetachFromDisposeScope();

    private torch.Tensor Grown(torch.Tensor held, int capacity)
    {
        var grown = Empty(capacity);
        using var target = grown.narrow(1, 0, Length);
        using var source = held.narrow(1, 0, Length);
        target.copy_(source);
        held.Dispose();
        return grown;
    }
}
