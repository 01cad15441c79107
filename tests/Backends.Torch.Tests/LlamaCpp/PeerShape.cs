using System.Globalization;

namespace Backends.Torch.Tests.LlamaCpp;

/// <summary>One of the shapes that both engines evaluate on the same random weights.</summary>
internal sealed record PeerShape(
    string Name, int Vocabulary, int Dim, int Layers, int Heads, int KeyValueHeads, int HeadDim, int FeedForward,
    bool Tied, float Theta, float Epsilon, int Seed)
{
    public const int Context = 512;

    /// <summary>GQA and MHA, tied and untied, three head sizes; the last has one key-value head and heads narrower together than the model.</summary>
    public static IReadOnlyList<PeerShape> All { get; } =
    [
        new("gqa-tied", 320, 128, 4, 8, 2, 16, 344, Tied: true, 10_000f, 1e-6f, 101),
        new("mha-untied", 300, 96, 3, 3, 3, 32, 256, Tied: false, 500_000f, 1e-5f, 102),
        new("mqa-untied", 400, 128, 2, 2, 1, 64, 320, Tied: false, 10_000f, 1e-5f, 103),
    ];

    public static PeerShape Named(string name) => All.Single(s => s.Name == name);

    /// <summary>The configuration file of a Hugging Face model folder.</summary>
    public string ConfigJson() => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
          "vocab_size": {{Vocabulary}}, "hidden_size": {{Dim}}, "num_hidden_layers": {{Layers}},
          "num_attention_heads": {{Heads}}, "num_key_value_heads": {{KeyValueHeads}}, "head_dim": {{HeadDim}},
          "intermediate_size": {{FeedForward}}, "max_position_embeddings": {{Context}},
          "rms_norm_eps": {{Epsilon}}, "rope_theta": {{Theta}}, "tie_word_embeddings": {{(Tied ? "true" : "false")}}
        }
        """);
}
