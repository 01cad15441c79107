using static TorchSharp.torch;

namespace Backends.Torch.Llama;

/// <summary>The leaves of one decoder block; projections that read the same input are stored as one matrix.</summary>
/// <remarks>C = hidden, D = head width, Hq and Hk = query and key heads, F = intermediate, S = rows of convolution state.</remarks>
internal sealed class LlamaLayer
{
    public LlamaLayer(LlamaConfig config, FlatParameters parameters, int layer)
    {
        long hidden = config.Hidden, head = config.HeadSize;
        string Name(string part) => LlamaNames.Layer(layer, part);
        AttentionNorm = parameters.Block(Name("input_layernorm"), hidden);
        QueryKeyValue = parameters.Block(Name("self_attn.q_proj"), (config.Heads + (2 * config.KvHeads)) * head, hidden);
        Output = parameters.Block(Name("self_attn.o_proj"), hidden, config.Heads * head);
        MlpNorm = parameters.Block(Name("post_attention_layernorm"), hidden);
        GateUp = parameters.Block(Name("mlp.gate_proj"), 2L * config.Intermediate, hidden);
        Down = parameters.Block(Name("mlp.down_proj"), hidden, config.Intermediate);
        if (config.ConvolutionState == 0)
            return;
        AttentionTaps = parameters.Block(Name("self_attn.canon"), config.ConvolutionState, hidden);
        MlpTaps = parameters.Block(Name("mlp.canon"), config.ConvolutionState, hidden);
    }

    /// <summary><c>[C]</c>.</summary>
    public Tensor AttentionNorm { get; }

    /// <summary><c>[(Hq + 2 Hk) D, C]</c>: rows of q, then k, then v.</summary>
    public Tensor QueryKeyValue { get; }

    /// <summary><c>[C, Hq D]</c>.</summary>
    public Tensor Output { get; }

    /// <summary><c>[C]</c>.</summary>
    public Tensor MlpNorm { get; }

    /// <summary><c>[2 F, C]</c>: rows of the gate, then of the value.</summary>
    public Tensor GateUp { get; }

    /// <summary><c>[C, F]</c>.</summary>
    public Tensor Down { get; }

    /// <summary><c>[S, C]</c>, row i weighs the token i + 1 back; null in a plain Llama.</summary>
    public Tensor? AttentionTaps { get; }

    /// <summary><c>[S, C]</c>, row i weighs the token i + 1 back; null in a plain Llama.</summary>
    public Tensor? MlpTaps { get; }
}
