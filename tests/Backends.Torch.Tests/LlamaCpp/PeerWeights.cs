namespace Backends.Torch.Tests.LlamaCpp;

/// <summary>Random weights of one shape under Hugging Face's names, the same on every machine.</summary>
internal sealed class PeerWeights
{
    private readonly Random _random;
    private readonly List<(string Name, long[] Shape, float[] Values)> _tensors = [];

    private PeerWeights(int seed) => _random = new Random(seed);

    /// <summary>Query and key matrices are larger than the rest so that attention is far from uniform and positions matter.</summary>
    public static IReadOnlyList<(string Name, long[] Shape, float[] Values)> Create(PeerShape s)
    {
        var weights = new PeerWeights(s.Seed);
        weights.Matrix("model.embed_tokens.weight", s.Vocabulary, s.Dim, s.Tied ? 0.2 : 1.0); // larger, a tied model would only repeat its input
        for (var layer = 0; layer < s.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            weights.Norm(prefix + "input_layernorm.weight", s.Dim);
            weights.Matrix(prefix + "self_attn.q_proj.weight", s.Heads * s.HeadDim, s.Dim, 1.5 / Math.Sqrt(s.Dim));
            weights.Matrix(prefix + "self_attn.k_proj.weight", s.KeyValueHeads * s.HeadDim, s.Dim, 1.5 / Math.Sqrt(s.Dim));
            weights.Matrix(prefix + "self_attn.v_proj.weight", s.KeyValueHeads * s.HeadDim, s.Dim, 1.0 / Math.Sqrt(s.Dim));
            weights.Matrix(prefix + "self_attn.o_proj.weight", s.Dim, s.Heads * s.HeadDim, 1.0 / Math.Sqrt(s.Heads * s.HeadDim));
            weights.Norm(prefix + "post_attention_layernorm.weight", s.Dim);
            weights.Matrix(prefix + "mlp.gate_proj.weight", s.FeedForward, s.Dim, 1.0 / Math.Sqrt(s.Dim));
            weights.Matrix(prefix + "mlp.up_proj.weight", s.FeedForward, s.Dim, 1.0 / Math.Sqrt(s.Dim));
            weights.Matrix(prefix + "mlp.down_proj.weight", s.Dim, s.FeedForward, 2.0 / Math.Sqrt(s.FeedForward));
        }

        weights.Norm("model.norm.weight", s.Dim);
        if (!s.Tied)
            weights.Matrix("lm_head.weight", s.Vocabulary, s.Dim, 1.0 / Math.Sqrt(s.Dim));
        return weights._tensors;
    }

    private void Matrix(string name, int rows, int columns, double deviation) =>
        Add(name, [rows, columns], () => Uniform() * Math.Sqrt(3) * deviation);

    private void Norm(string name, int size) => Add(name, [size], () => 1 + (0.3 * Uniform()));

    private void Add(string name, long[] shape, Func<double> next)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)next();
        _tensors.Add((name, shape, values));
    }

    private double Uniform() => (_random.NextDouble() * 2) - 1;
}
