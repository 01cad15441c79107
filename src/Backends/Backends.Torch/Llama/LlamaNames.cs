namespace Backends.Torch.Llama;

/// <summary>Names and order of a Llama's tensors, as Hugging Face publishes them.</summary>
internal static class LlamaNames
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";
    public const string Head = "lm_head.weight";

    public static string Layer(int layer, string part) => $"model.layers.{layer}.{part}.weight";

    /// <summary>Lays out every tensor of <paramref name="config"/>: embeddings, then matrices, then vectors.</summary>
    public static IReadOnlyList<NamedParameter> Layout(LlamaConfig config)
    {
        var layout = new List<NamedParameter>();
        long offset = 0;
        void Add(string name, ParameterKind kind, params long[] shape)
        {
            var parameter = new NamedParameter(name, kind, offset, shape);
            layout.Add(parameter);
            offset += parameter.Count;
        }

        Add(Embedding, ParameterKind.Embedding, config.Vocabulary, config.Hidden);
        if (!config.TiedEmbeddings)
            Add(Head, ParameterKind.Embedding, config.Vocabulary, config.Hidden);
        for (var layer = 0; layer < config.Layers; layer++)
            AddMatrices(config, layer, Add);
        for (var layer = 0; layer < config.Layers; layer++)
            AddVectors(config, layer, Add);
        Add(FinalNorm, ParameterKind.Vector, config.Hidden);
        return layout;
    }

    private static void AddMatrices(LlamaConfig config, int layer, Add add)
    {
        long query = (long)config.Heads * config.HeadSize;
        long keyValue = (long)config.KvHeads * config.HeadSize;
        add(Layer(layer, "self_attn.q_proj"), ParameterKind.Matrix, query, config.Hidden);
        add(Layer(layer, "self_attn.k_proj"), ParameterKind.Matrix, keyValue, config.Hidden);
        add(Layer(layer, "self_attn.v_proj"), ParameterKind.Matrix, keyValue, config.Hidden);
        add(Layer(layer, "self_attn.o_proj"), ParameterKind.Matrix, config.Hidden, query);
        add(Layer(layer, "mlp.gate_proj"), ParameterKind.Matrix, config.Intermediate, config.Hidden);
        add(Layer(layer, "mlp.up_proj"), ParameterKind.Matrix, config.Intermediate, config.Hidden);
        add(Layer(layer, "mlp.down_proj"), ParameterKind.Matrix, config.Hidden, config.Intermediate);
    }

    private static void AddVectors(LlamaConfig config, int layer, Add add)
    {
        add(Layer(layer, "input_layernorm"), ParameterKind.Vector, config.Hidden);
        add(Layer(layer, "post_attention_layernorm"), ParameterKind.Vector, config.Hidden);
        if (config.ConvolutionState == 0)
            return;
        add(Layer(layer, "self_attn.canon"), ParameterKind.Vector, config.ConvolutionState, config.Hidden);
        add(Layer(layer, "mlp.canon"), ParameterKind.Vector, config.ConvolutionState, config.Hidden);
    }

    private delegate void Add(string name, ParameterKind kind, params long[] shape);
}
