using Backends.Torch.Llama;

namespace Backends.Torch.Tests.Llama;

/// <summary>A Llama in plain loops and doubles over the same named parameters: the oracle of the tensor code.</summary>
internal sealed class NaiveLlama(LlamaConfig config, IReadOnlyDictionary<string, double[]> weights)
{
    public static Dictionary<string, double[]> Read(LlamaModel model) => model.Parameters.Named.ToDictionary(p => p.Name, p =>
    {
        using var view = model.Parameters.View(p.Name);
        using var copy = view.contiguous();
        return Array.ConvertAll(copy.data<float>().ToArray(), value => (double)value);
    });

    /// <summary>Logits after every token, [T][V].</summary>
    public double[][] Logits(long[] ids)
    {
        var x = Array.ConvertAll(ids, id => Row(weights["model.embed_tokens.weight"], (int)id, config.Hidden));
        for (var layer = 0; layer < config.Layers; layer++)
        {
            string Name(string part) => $"model.layers.{layer}.{part}.weight";
            var input = Convolve(x, Name("input_layernorm"), Name("self_attn.canon"));
            var attended = Attend(input, Name);
            for (var t = 0; t < x.Length; t++)
                x[t] = Plus(x[t], Times(weights[Name("self_attn.o_proj")], attended[t]));
            var fed = Convolve(x, Name("post_attention_layernorm"), Name("mlp.canon"));
            for (var t = 0; t < x.Length; t++)
            {
                var gate = Times(weights[Name("mlp.gate_proj")], fed[t]);
                var value = Times(weights[Name("mlp.up_proj")], fed[t]);
                var mixed = gate.Zip(value, (g, v) => g / (1 + Math.Exp(-g)) * v).ToArray();
                x[t] = Plus(x[t], Times(weights[Name("mlp.down_proj")], mixed));
            }
        }

        var head = weights[config.TiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight"];
        return Array.ConvertAll(x, row => Times(head, Norm(row, weights["model.norm.weight"])));
    }

    /// <summary>Mean loss of predicting every next token.</summary>
    public double Loss(long[] ids)
    {
        var logits = Logits(ids);
        double sum = 0;
        for (var t = 0; t + 1 < ids.Length; t++)
        {
            var max = logits[t].Max();
            sum += max + Math.Log(logits[t].Sum(l => Math.Exp(l - max))) - logits[t][ids[t + 1]];
        }

        return sum / (ids.Length - 1);
    }

    private double[][] Convolve(double[][] x, string norm, string taps)
    {
        var h = Array.ConvertAll(x, row => Norm(row, weights[norm]));
        if (config.ConvolutionTaps == 0)
            return h;
        var result = Array.ConvertAll(h, row => (double[])row.Clone());
        for (var t = 0; t < h.Length; t++)
        {
            for (var back = 1; back < config.ConvolutionTaps && back <= t; back++)
            {
                for (var c = 0; c < config.Hidden; c++)
                    result[t][c] += weights[taps][((back - 1) * config.Hidden) + c] * h[t - back][c];
            }
        }

        return result;
    }

    private double[][] Attend(double[][] input, Func<string, string> name)
    {
        int width = config.HeadSize, groups = config.Heads / config.KvHeads;
        double[][] q = Heads(input, weights[name("self_attn.q_proj")], rotate: true), k = Heads(input, weights[name("self_attn.k_proj")], rotate: true);
        var v = Heads(input, weights[name("self_attn.v_proj")], rotate: false);
        var result = new double[input.Length][];
        for (var t = 0; t < input.Length; t++)
        {
            result[t] = new double[config.Heads * width];
            for (var head = 0; head < config.Heads; head++)
            {
                int from = head * width, shared = head / groups * width;
                var scores = new double[t + 1];
                for (var s = 0; s <= t; s++)
                    scores[s] = Enumerable.Range(0, width).Sum(i => q[t][from + i] * k[s][shared + i]) / Math.Sqrt(width);
                var weightsOfT = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
                for (var i = 0; i < width; i++)
                    result[t][from + i] = Enumerable.Range(0, t + 1).Sum(s => weightsOfT[s] * v[s][shared + i]) / weightsOfT.Sum();
            }
        }

        return result;
    }

    private double[][] Heads(double[][] input, double[] matrix, bool rotate)
    {
        var result = Array.ConvertAll(input, row => Times(matrix, row));
        int width = config.HeadSize, half = width / 2;
        for (var t = 0; rotate && t < result.Length; t++)
        {
            for (var from = 0; from < result[t].Length; from += width)
            {
                for (var i = 0; i < half; i++)
                {
                    var angle = t * Math.Pow(config.RopeTheta, -2.0 * i / width);
                    double low = result[t][from + i], high = result[t][from + i + half];
                    result[t][from + i] = (low * Math.Cos(angle)) - (high * Math.Sin(angle));
                    result[t][from + i + half] = (high * Math.Cos(angle)) + (low * Math.Sin(angle));
                }
            }
        }

        return result;
    }

    private double[] Norm(double[] row, double[] scale)
    {
        var root = Math.Sqrt((row.Sum(value => value * value) / row.Length) + config.RmsEpsilon);
        return row.Zip(scale, (value, by) => value / root * by).ToArray();
    }

    private static double[] Row(double[] matrix, int row, int columns) => matrix.AsSpan(row * columns, columns).ToArray();

    private static double[] Plus(double[] a, double[] b) => a.Zip(b, (x, y) => x + y).ToArray();

    private static double[] Times(double[] matrix, double[] vector)
    {
        var result = new double[matrix.Length / vector.Length];
        for (var row = 0; row < result.Length; row++)
        {
            for (var c = 0; c < vector.Length; c++)
                result[row] += matrix[(row * vector.Length) + c] * vector[c];
        }

        return result;
    }
}
