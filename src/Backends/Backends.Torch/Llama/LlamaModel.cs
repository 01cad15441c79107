using Backends.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Backends.Torch.Llama;

/// <summary>
/// A decoder of the Llama family (RMSNorm, rotary embedding, grouped-query attention, SwiGLU), with optional short causal convolutions before
/// attention and before the feed-forward layer. One object trains and generates; the parameters lie in one flat buffer.
/// </summary>
/// <remarks>
/// Shapes: B sequences, T tokens, C hidden, D head width, Hq and Hk query and key heads, V vocabulary, N chosen rows. Every tensor returned is
/// the caller's. Not thread-safe: one thread owns a model and its caches. Sources: Touvron et al. 2023, arXiv:2302.13971; Ainslie et al. 2023,
/// arXiv:2305.13245 (grouped queries); Allen-Zhu 2025, "Physics of Language Models 4.1" (the convolution, called canon layer there).
/// </remarks>
public sealed partial class LlamaModel : IDisposable
{
    private readonly LlamaLayer[] _layers;
    private readonly RotaryTable _rotary;
    private readonly Tensor _embedding; // [V, C]
    private readonly Tensor _head;      // [V, C]; the embedding itself when tied
    private readonly Tensor _finalNorm; // [C]

    /// <summary>Makes a model whose parameters are zero: fill them with <see cref="Initialise"/> or <see cref="FlatParameters.Load"/>.</summary>
    /// <param name="config">Sizes that <see cref="LlamaConfig.Validate"/> accepts.</param>
    /// <param name="trainable">Whether to keep a gradient buffer.</param>
    /// <param name="device">Where the parameters lie; whole-sequence passes run there, decoding with a cache on the CPU alone.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit together.</exception>
    /// <exception cref="TorchNativeException">The native library does not load on this machine, or the device is not there.</exception>
    public LlamaModel(LlamaConfig config, bool trainable = false, TrainingDevice device = TrainingDevice.Cpu)
    {
        config.Validate();
        Device = TorchNative.Resolve(device);
        Config = config;
        Parameters = new FlatParameters(LlamaNames.Layout(config), trainable, Device);
        _embedding = Parameters.Block(LlamaNames.Embedding, config.Vocabulary, config.Hidden);
        _head = config.TiedEmbeddings ? _embedding : Parameters.Block(LlamaNames.Head, config.Vocabulary, config.Hidden);
        _finalNorm = Parameters.Block(LlamaNames.FinalNorm, config.Hidden);
        _layers = [.. Enumerable.Range(0, config.Layers).Select(layer => new LlamaLayer(config, Parameters, layer))];
        _rotary = new RotaryTable(config, Device);
    }

    /// <summary>Where the parameters lie and ids are needed.</summary>
    public Device Device { get; }

    /// <summary>The sizes.</summary>
    public LlamaConfig Config { get; }

    /// <summary>The flat buffers and their names.</summary>
    public FlatParameters Parameters { get; }

    /// <summary>Draws every parameter from a seed, the same on every device: matrices by fan-in; those that write to the residual stream shrink by the root of twice the depth.</summary>
    /// <param name="seed">The same seed gives the same parameters.</param>
    /// <param name="embeddingDeviation">Standard deviation of the embedding. The final norm is scaled so that first logits stay small.</param>
    public void Initialise(long seed, double embeddingDeviation = 0.1)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var residual = 1 / Math.Sqrt(2.0 * Config.Layers);
        foreach (var parameter in Parameters.Named)
        {
            var view = empty([.. parameter.Shape]); // drawn on the CPU: generators of devices differ
            var writesResidual = parameter.Name.EndsWith("o_proj.weight", StringComparison.Ordinal)
                || parameter.Name.EndsWith("down_proj.weight", StringComparison.Ordinal);
            switch (parameter.Kind)
            {
                case ParameterKind.Embedding:
                    view.normal_(0, embeddingDeviation, generator);
                    break;
                case ParameterKind.Matrix:
                    view.normal_(0, 0.6 / Math.Sqrt(parameter.Shape[1]) * (writesResidual ? residual : 1), generator);
                    break;
                default:
                    InitialiseVector(parameter, view, embeddingDeviation, generator);
                    break;
            }

            Parameters.View(parameter.Name).copy_(view);
        }
    }

    /// <summary>Logits at every position of whole sequences, without a cache and without gradients.</summary>
    /// <param name="ids">Token ids, <c>[B, T]</c>, int64, T at most the context, on the model's device.</param>
    /// <returns><c>[B, T, V]</c>, f32.</returns>
    /// <exception cref="ArgumentException">Another shape or type.</exception>
    public Tensor Logits(Tensor ids)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var hidden = Hidden(ids, ComputePrecision.Full);
        return Project(hidden, ComputePrecision.Full).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over all positions of the states after the final norm, one vector for each sequence.</summary>
    /// <param name="ids">Token ids, <c>[B, T]</c>, int64, T at most the context.</param>
    /// <returns><c>[B, C]</c>, f32.</returns>
    /// <exception cref="ArgumentException">Another shape or type.</exception>
    public Tensor MeanState(Tensor ids)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return Norm(Hidden(ids, ComputePrecision.Full), _finalNorm).mean([1L]).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the parameters and tables.</summary>
    public void Dispose()
    {
        _rotary.Dispose();
        Parameters.Dispose();
        foreach (var mask in _masks.Values)
            mask.Dispose();
        _masks.Clear();
    }

    /// <summary>Final norm and output layer.</summary>
    /// <param name="rows">Rows of the residual stream as <see cref="Hidden"/> gives them, <c>[.., C]</c>, f32.</param>
    /// <param name="precision">What the product computes with.</param>
    /// <returns>Logits, <c>[.., V]</c>, f32, with a graph unless gradients are off.</returns>
    public Tensor Project(Tensor rows, ComputePrecision precision) => Linear(Norm(rows, _finalNorm), _head, precision).to(ScalarType.Float32);

    private static void InitialiseVector(NamedParameter parameter, Tensor view, double embeddingDeviation, Generator generator)
    {
        if (parameter.Name.EndsWith("canon.weight", StringComparison.Ordinal))
            view.normal_(0, 0.3, generator);
        else if (parameter.Name == LlamaNames.FinalNorm)
            view.fill_(0.02 / embeddingDeviation);
        else
            view.fill_(1);
    }

    private static Tensor Linear(Tensor input, Tensor weight, ComputePrecision precision)
        => precision == ComputePrecision.Mixed
            ? functional.linear(input.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16))
            : functional.linear(input, weight);

    private Tensor Norm(Tensor x, Tensor scale)
        => x * (x.square().mean([-1L], keepdim: true) + Config.RmsEpsilon).rsqrt() * scale;

    private Tensor Embed(Tensor ids) => _embedding.index_select(0, ids.reshape(-1));

    private Tensor FeedForward(Tensor input, LlamaLayer layer, ComputePrecision precision)
    {
        var both = Linear(input, layer.GateUp, precision);
        var gate = both.narrow(-1, 0, Config.Intermediate);
        var value = both.narrow(-1, Config.Intermediate, Config.Intermediate);
        return Linear(functional.silu(gate) * value, layer.Down, precision).to(ScalarType.Float32);
    }
}
