using System.Text.Json;
using System.Text.Json.Serialization;

namespace Backends.Torch.Llama;

/// <summary>Sizes of a Llama-family decoder; the names in JSON are those of a Hugging Face <c>config.json</c>.</summary>
public sealed record LlamaConfig
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>The architecture's name as Hugging Face writes it.</summary>
    [JsonPropertyName("model_type")]
    public string ModelType { get; init; } = "llama";

    /// <summary>Number of token ids, V.</summary>
    [JsonPropertyName("vocab_size")]
    public required int Vocabulary { get; init; }

    /// <summary>Width of the residual stream, C.</summary>
    [JsonPropertyName("hidden_size")]
    public required int Hidden { get; init; }

    /// <summary>Number of decoder blocks.</summary>
    [JsonPropertyName("num_hidden_layers")]
    public required int Layers { get; init; }

    /// <summary>Number of query heads.</summary>
    [JsonPropertyName("num_attention_heads")]
    public required int Heads { get; init; }

    /// <summary>Number of key and value heads; it divides <see cref="Heads"/>. 0 stands for as many as query heads.</summary>
    [JsonPropertyName("num_key_value_heads")]
    public int KeyValueHeads { get; init; }

    /// <summary>Width of one head when it is not <see cref="Hidden"/> / <see cref="Heads"/>; 0 stands for that quotient.</summary>
    [JsonPropertyName("head_dim")]
    public int HeadWidth { get; init; }

    /// <summary>Width of the gated feed-forward layer.</summary>
    [JsonPropertyName("intermediate_size")]
    public required int Intermediate { get; init; }

    /// <summary>The most tokens of one sequence.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public required int Context { get; init; }

    /// <summary>Base of the rotary embedding's frequencies.</summary>
    [JsonPropertyName("rope_theta")]
    public double RopeTheta { get; init; } = 10_000;

    /// <summary>Added to the mean square before the root in RMSNorm.</summary>
    [JsonPropertyName("rms_norm_eps")]
    public double RmsEpsilon { get; init; } = 1e-6;

    /// <summary>Whether the output layer is the embedding's transpose.</summary>
    [JsonPropertyName("tie_word_embeddings")]
    public bool TiedEmbeddings { get; init; } = true;

    /// <summary>Taps of the causal depthwise convolution before attention and before the feed-forward layer; 0 is a plain Llama.</summary>
    /// <value>The default is 0. Of n taps the first is the identity, so each convolution has n - 1 weights a channel.</value>
    [JsonPropertyName("convolution_taps")]
    public int ConvolutionTaps { get; init; }

    /// <summary>Key and value heads with 0 resolved.</summary>
    [JsonIgnore]
    public int KvHeads => KeyValueHeads == 0 ? Heads : KeyValueHeads;

    /// <summary>Width of one head with 0 resolved, D.</summary>
    [JsonIgnore]
    public int HeadSize => HeadWidth == 0 ? Hidden / Heads : HeadWidth;

    /// <summary>Rows of convolution state that a sequence carries in each layer: taps - 1, or 0.</summary>
    [JsonIgnore]
    public int ConvolutionState => Math.Max(0, ConvolutionTaps - 1);

    /// <summary>Reads a configuration in Hugging Face's style; unknown keys are ignored.</summary>
    /// <param name="json">The text of a <c>config.json</c>.</param>
    /// <returns>A configuration that <see cref="Validate"/> accepts.</returns>
    /// <exception cref="FormatException">Not JSON, a key missing, or sizes that do not fit together.</exception>
    public static LlamaConfig Parse(string json)
    {
        try
        {
            var config = JsonSerializer.Deserialize<LlamaConfig>(json) ?? throw new FormatException("config.json holds null; a JSON object is needed.");
            config.Validate();
            return config;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new FormatException($"config.json is not a usable Llama configuration: {fault.Message}", fault);
        }
    }

    /// <summary>Writes the configuration as a <c>config.json</c>.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Checks that the sizes fit together, so that no native call sees shapes that cannot be.</summary>
    /// <exception cref="ArgumentException">The first size that does not fit, with the rule it breaks.</exception>
    public void Validate()
    {
        Positive(Vocabulary, "vocab_size");
        Positive(Hidden, "hidden_size");
        Positive(Layers, "num_hidden_layers");
        Positive(Heads, "num_attention_heads");
        Positive(Intermediate, "intermediate_size");
        Positive(Context, "max_position_embeddings");
        Require(HeadWidth != 0 || Hidden % Heads == 0, $"hidden_size {Hidden} is no multiple of num_attention_heads {Heads}");
        Require(KeyValueHeads >= 0 && Heads % KvHeads == 0, $"num_attention_heads {Heads} is no multiple of num_key_value_heads {KvHeads}");
        Require(HeadSize > 0 && HeadSize % 2 == 0, $"a head is {HeadSize} wide; rotary embeddings need an even width");
        Require(ConvolutionTaps is 0 or (>= 2 and <= 16), $"convolution_taps is {ConvolutionTaps}; 0 or 2 to 16 is needed");
        Require(RopeTheta > 1 && RmsEpsilon > 0, $"rope_theta {RopeTheta} must exceed 1 and rms_norm_eps {RmsEpsilon} must exceed 0");
    }

    private static void Positive(int value, string name) => Require(value > 0, $"{name} is {value}; it must be above zero");

    private static void Require(bool holds, string fault)
    {
        if (!holds)
            throw new ArgumentException(fault + ".");
    }
}
