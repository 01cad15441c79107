using Backends.Torch.Tests.Gguf;

namespace Backends.Torch.Tests.LlamaCpp;

/// <summary>Turns Hugging Face weights of the Llama family into llama.cpp's names and layout.</summary>
internal static class PeerGguf
{
    public static void Write(Stream stream, PeerShape s, IEnumerable<(string Name, long[] Shape, float[] Values)> weights)
    {
        var gguf = new GgufWriter()
            .Add("general.architecture", "llama")
            .Add("general.name", s.Name)
            .Add("llama.vocab_size", (uint)s.Vocabulary)
            .Add("llama.context_length", (uint)PeerShape.Context)
            .Add("llama.embedding_length", (uint)s.Dim)
            .Add("llama.block_count", (uint)s.Layers)
            .Add("llama.feed_forward_length", (uint)s.FeedForward)
            .Add("llama.attention.head_count", (uint)s.Heads)
            .Add("llama.attention.head_count_kv", (uint)s.KeyValueHeads)
            .Add("llama.attention.key_length", (uint)s.HeadDim)
            .Add("llama.attention.value_length", (uint)s.HeadDim)
            .Add("llama.attention.layer_norm_rms_epsilon", s.Epsilon)
            .Add("llama.rope.dimension_count", (uint)s.HeadDim)
            .Add("llama.rope.freq_base", s.Theta);
        AddTokenizer(gguf, s.Vocabulary);
        foreach (var (name, shape, values) in weights)
        {
            var isRotated = name.EndsWith("q_proj.weight", StringComparison.Ordinal) || name.EndsWith("k_proj.weight", StringComparison.Ordinal);
            gguf.AddTensor(Name(name), shape, isRotated ? Interleave(values, (int)shape[1], s.HeadDim) : values);
        }

        gguf.Write(stream);
    }

    /// <summary>
    /// Rows of one head, from halves (row i turns with row i + d/2, as Hugging Face's rotary embedding does)
    /// to pairs (2i turns with 2i + 1, as llama.cpp's does).
    /// </summary>
    internal static float[] Interleave(float[] rows, int columns, int headDim)
    {
        var result = new float[rows.Length];
        var half = headDim / 2;
        for (var row = 0; row < rows.Length / columns; row++)
        {
            var (head, inHead) = (row / headDim, row % headDim);
            var target = (head * headDim) + (inHead < half ? 2 * inHead : (2 * (inHead - half)) + 1);
            Array.Copy(rows, row * columns, result, target * columns, columns);
        }

        return result;
    }

    /// <summary>llama.cpp wants a vocabulary although token ids go in and logits come out: three marks, the 256 bytes, then words without meaning.</summary>
    private static void AddTokenizer(GgufWriter gguf, int vocabulary)
    {
        const int Unknown = 2, Control = 3, Byte = 6, Normal = 1, FirstByte = 3, FirstWord = FirstByte + 256;
        string[] marks = ["<unk>", "<s>", "</s>"];
        var tokens = Enumerable.Range(0, vocabulary).Select(i => i < FirstByte ? marks[i] : i < FirstWord ? $"<0x{i - FirstByte:X2}>" : $"word{i}");
        var types = Enumerable.Range(0, vocabulary).Select(i => i == 0 ? Unknown : i < FirstByte ? Control : i < FirstWord ? Byte : Normal);
        gguf.Add("tokenizer.ggml.model", "llama")
            .Add("tokenizer.ggml.tokens", tokens.ToArray())
            .Add("tokenizer.ggml.scores", new float[vocabulary])
            .Add("tokenizer.ggml.token_type", types.ToArray())
            .Add("tokenizer.ggml.unknown_token_id", 0u)
            .Add("tokenizer.ggml.bos_token_id", 1u)
            .Add("tokenizer.ggml.eos_token_id", 2u);
    }

    private static string Name(string name) => name switch
    {
        "model.embed_tokens.weight" => "token_embd.weight",
        "model.norm.weight" => "output_norm.weight",
        "lm_head.weight" => "output.weight",
        _ => name
            .Replace("model.layers.", "blk.", StringComparison.Ordinal)
            .Replace("input_layernorm", "attn_norm", StringComparison.Ordinal)
            .Replace("post_attention_layernorm", "ffn_norm", StringComparison.Ordinal)
            .Replace("self_attn.o_proj", "attn_output", StringComparison.Ordinal)
            .Replace("self_attn.", "attn_", StringComparison.Ordinal)
            .Replace("mlp.", "ffn_", StringComparison.Ordinal)
            .Replace("_proj", "", StringComparison.Ordinal),
    };
}
