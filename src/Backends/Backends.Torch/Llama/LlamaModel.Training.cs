using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Backends.Torch.Llama;

// The whole-sequence pass, with gradients where the model is trainable. Whole sequences stand alone in a batch: row b sees only row b.
public sealed partial class LlamaModel
{
    private const float Unseen = -1e9f; // added to the score of a token that must not be seen
    private readonly Dictionary<(long Tokens, ScalarType Type), Tensor> _masks = [];

    /// <summary>The residual stream after the last block, before the final norm.</summary>
    /// <param name="ids">Token ids, <c>[B, T]</c>, int64, T at most the context, on the model's device.</param>
    /// <param name="precision">What products compute with.</param>
    /// <returns><c>[B, T, C]</c>, f32, with a graph unless gradients are off.</returns>
    /// <exception cref="ArgumentException">Another shape or type.</exception>
    public Tensor Hidden(Tensor ids, ComputePrecision precision)
    {
        var (batch, tokens) = CheckIds(ids);
        var x = Embed(ids).view(batch, tokens, Config.Hidden);
        foreach (var layer in _layers)
        {
            x = x + Attend(Convolve(Norm(x, layer.AttentionNorm), layer.AttentionTaps), layer, precision);
            x = x + FeedForward(Convolve(Norm(x, layer.MlpNorm), layer.MlpTaps), layer, precision);
        }

        return x;
    }

    private (long Batch, long Tokens) CheckIds(Tensor ids)
    {
        var shape = ids.shape;
        if (shape.Length != 2 || ids.dtype != ScalarType.Int64 || shape[0] == 0 || shape[1] == 0)
        {
            throw new ArgumentException(
                $"Token ids are {ids.dtype} [{string.Join(", ", shape)}]; int64 [B, T] with at least one token is needed.", nameof(ids));
        }

        if (shape[1] > Config.Context)
            throw new ArgumentException($"A sequence of {shape[1]} tokens exceeds the context of {Config.Context}.", nameof(ids));
        return (shape[0], shape[1]);
    }

    /// <summary>h[t] + sum over i of taps[i] * h[t - 1 - i], zero before the start; <c>[B, T, C]</c>.</summary>
    private static Tensor Convolve(Tensor h, Tensor? taps)
    {
        if (taps is null)
            return h;
        long batch = h.shape[0], tokens = h.shape[1], states = taps.shape[0];
        var padded = cat([zeros(batch, states, h.shape[2], device: h.device), h], 1);
        var sum = h;
        for (long i = 0; i < states; i++)
            sum = sum + (padded.narrow(1, states - 1 - i, tokens) * taps[i]);
        return sum;
    }

    private Tensor Attend(Tensor input, LlamaLayer layer, ComputePrecision precision)
    {
        long batch = input.shape[0], tokens = input.shape[1], width = Config.HeadSize, heads = Config.Heads, kvHeads = Config.KvHeads;
        var all = Linear(input, layer.QueryKeyValue, precision).view(batch, tokens, heads + (2 * kvHeads), width);
        var rotated = _rotary.Rotate(all.narrow(2, 0, heads + kvHeads).to(ScalarType.Float32)).to(all.dtype);
        var query = rotated.narrow(2, 0, heads).transpose(1, 2);                                 // [B, Hq, T, D]
        var key = Repeat(rotated.narrow(2, heads, kvHeads).transpose(1, 2));                     // [B, Hq, T, D]
        var value = Repeat(all.narrow(2, heads + kvHeads, kvHeads).transpose(1, 2));             // [B, Hq, T, D]
        var mixed = precision == ComputePrecision.Mixed
            ? Products(query, key, value)
            : functional.scaled_dot_product_attention(query, key, value, is_casual: true);
        return Linear(mixed.transpose(1, 2).reshape(batch, tokens, heads * width), layer.Output, precision).to(ScalarType.Float32);
    }

    /// <summary>Softmax attention as two batched products: in bf16 and at a few hundred tokens faster than the library's fused kernel.</summary>
    private Tensor Products(Tensor query, Tensor key, Tensor value)
    {
        long batch = query.shape[0], heads = query.shape[1], tokens = query.shape[2], width = query.shape[3];
        Tensor Flat(Tensor x) => x.reshape(batch * heads, tokens, width);
        var scores = Flat(query * (1 / Math.Sqrt(width))).bmm(Flat(key).transpose(1, 2)) + Mask(tokens, query.dtype);
        return scores.softmax(-1).bmm(Flat(value)).view(batch, heads, tokens, width);
    }

    /// <summary>Key or value heads <c>[B, Hk, T, D]</c> repeated for the queries that share them: <c>[B, Hq, T, D]</c>.</summary>
    private Tensor Repeat(Tensor heads)
    {
        long groups = Config.Heads / Config.KvHeads;
        if (groups == 1)
            return heads;
        var shape = heads.shape;
        return heads.unsqueeze(2).expand(shape[0], shape[1], groups, shape[2], shape[3]).reshape(shape[0], shape[1] * groups, shape[2], shape[3]);
    }

    private Tensor Mask(long tokens, ScalarType type)
    {
        if (!_masks.TryGetValue((tokens, type), out var mask))
        {
            using var scope = NewDisposeScope();
            mask = triu(full([tokens, tokens], Unseen, device: Device), 1).to(type).DetachFromDisposeScope();
            _masks[(tokens, type)] = mask;
        }

        return mask;
    }
}
