using static TorchSharp.torch;

namespace Backends.Torch.Llama;

/// <summary>Rotary position embedding in Hugging Face's half-split convention: element i is paired with element i + D/2.</summary>
/// <remarks>Su et al. 2021, arXiv:2104.09864. Row t of the tables belongs to position t; D = head width.</remarks>
internal sealed class RotaryTable : IDisposable
{
    private readonly Tensor _cosine; // [positions, D]
    private readonly Tensor _sine;   // [positions, D], the first half negated
    private readonly long _half;

    public RotaryTable(LlamaConfig config, Device device)
    {
        int width = config.HeadSize, half = width / 2;
        _half = half;
        var cosine = new float[(long)config.Context * width];
        var sine = new float[(long)config.Context * width];
        for (var position = 0; position < config.Context; position++)
        {
            for (var i = 0; i < half; i++)
            {
                var angle = position * Math.Pow(config.RopeTheta, -2.0 * i / width);
                long low = ((long)position * width) + i, high = low + half;
                cosine[low] = cosine[high] = (float)Math.Cos(angle);
                sine[high] = (float)Math.Sin(angle);
                sine[low] = -sine[high];
            }
        }

        using var scope = NewDisposeScope();
        _cosine = tensor(cosine, config.Context, width, device: device).DetachFromDisposeScope();
        _sine = tensor(sine, config.Context, width, device: device).DetachFromDisposeScope();
    }

    /// <summary>Rotates <c>[B, T, H, D]</c> whose tokens stand at positions 0 to T - 1.</summary>
    public Tensor Rotate(Tensor heads)
    {
        long tokens = heads.shape[1], width = heads.shape[3];
        return Combine(heads, _cosine.narrow(0, 0, tokens).view(tokens, 1, width), _sine.narrow(0, 0, tokens).view(tokens, 1, width));
    }

    public void Dispose()
    {
        _cosine.Dispose();
        _sine.Dispose();
    }

    private Tensor Combine(Tensor heads, Tensor cosine, Tensor sine)
    {
        // Rolling by half the width brings each element's partner to its place; the sign is in the table.
        var partner = cat([heads.narrow(-1, _half, _half), heads.narrow(-1, 0, _half)], -1);
        return (heads * cosine) + (partner * sine);
    }
}
