using Backends.Torch.Llama;

namespace Backends.Torch.Tests.Llama;

public class LlamaConfigTests
{
    private const string Published =
        """
        {"architectures":["LlamaForCausalLM"],"model_type":"llama","vocab_size":100,"hidden_size":64,"num_hidden_layers":2,"num_attention_heads":4,
         "num_key_value_heads":2,"intermediate_size":96,"max_position_embeddings":128,"rope_theta":500000.0,"rms_norm_eps":1e-05,"tie_word_embeddings":false}
        """;

    [Fact]
    public void Parse_PublishedFile_ReadsEverySize()
    {
        var config = LlamaConfig.Parse(Published);

        Assert.Equal((100, 64, 2, 4, 2, 16), (config.Vocabulary, config.Hidden, config.Layers, config.Heads, config.KvHeads, config.HeadSize));
        Assert.Equal((500000.0, 1e-5, false, 0), (config.RopeTheta, config.RmsEpsilon, config.TiedEmbeddings, config.ConvolutionTaps));
    }

    [Fact]
    public void ToJson_ThenParse_GivesTheSame()
    {
        var config = LlamaConfig.Parse(Published) with { ConvolutionTaps = 4 };

        Assert.Equal(config, LlamaConfig.Parse(config.ToJson()));
    }

    [Theory]
    [InlineData("\"num_attention_heads\":4", "\"num_attention_heads\":5", "hidden_size")]
    [InlineData("\"num_key_value_heads\":2", "\"num_key_value_heads\":3", "num_key_value_heads")]
    [InlineData("\"vocab_size\":100", "\"vocab_size\":0", "vocab_size")]
    [InlineData("\"hidden_size\":64,", "", "hidden_size")]
    [InlineData("{\"arch", "\"arch", "config.json")]
    public void Parse_SizesThatDoNotFit_NamesTheKey(string found, string replacement, string named)
    {
        var json = Published.Replace(found, replacement, StringComparison.Ordinal);

        Assert.Contains(named, Assert.Throws<FormatException>(() => LlamaConfig.Parse(json)).Message, StringComparison.Ordinal);
    }
}
