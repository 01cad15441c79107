using Backends.Torch.Llama;
using Backends.Torch.Safetensors;
using Backends.Torch.Tests.Safetensors;
using TorchSharp;
using static Backends.Torch.Tests.TokenModel.TokenModelFixture;

namespace Backends.Torch.Tests.TokenModel;

public sealed class TorchTokenModelFolderTests
{
    [Theory]
    [InlineData(4, true)]
    [InlineData(0, false)]
    public void SaveThenLoad_GivesBitIdenticalLogits(int taps, bool tied)
    {
        using var folder = new TemporaryFolder();
        using var llama = NewLlama(taps, tied);
        TorchTokenModel.Save(llama, folder.Path, new Dictionary<string, string> { ["seed"] = "7" });

        using var loaded = TorchTokenModel.Load(folder.Path);

        Assert.Equal(llama.Config, loaded.Config);
        Assert.Equal(Scores(llama, taps, tied), Scores(loaded));
        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Load_HalfPrecisionShardsOfForeignConfig_Works()
    {
        using var folder = new TemporaryFolder();
        using var llama = NewLlama(0, tied: false);
        using var scope = torch.NewDisposeScope();
        var halves = llama.Parameters.Named.ToDictionary(p => p.Name, p => llama.Parameters.View(p.Name).to(torch.bfloat16));
        SafetensorsWriter.Write(folder.File("1.safetensors"), halves.Take(9).ToDictionary());
        SafetensorsWriter.Write(folder.File("2.safetensors"), halves.Skip(9).ToDictionary());
        var map = halves.Keys.Select((name, i) => $"\"{name}\":\"{(i < 9 ? 1 : 2)}.safetensors\"");
        File.WriteAllText(folder.File(SafetensorsFolder.IndexFile), "{\"weight_map\":{" + string.Join(",", map) + "}}");
        var config = llama.Config.ToJson().Replace("\"tie_word_embeddings\": false,", "\"torch_dtype\": \"bfloat16\",", StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), config);

        using var loaded = TorchTokenModel.Load(folder.Path);
        foreach (var (name, half) in halves)
        {
            using var view = llama.Parameters.View(name);
            view.copy_(half);
        }

        Assert.False(loaded.Config.TiedEmbeddings); // the key is missing: the weights have a head of their own
        Assert.Equal(Scores(llama, 0, tied: false), Scores(loaded));
    }

    [Theory]
    [InlineData("\"model_type\": \"llama\"", "\"model_type\": \"mamba\"", "mamba")]
    [InlineData("\"model_type\": \"llama\"", "\"rope_scaling\": {\"rope_type\": \"llama3\"}", "rope_scaling")]
    [InlineData("\"model_type\": \"llama\"", "\"attention_bias\": true", "attention_bias")]
    [InlineData("\"model_type\": \"llama\"", "\"hidden_act\": \"gelu\"", "gelu")]
    [InlineData("\"model_type\": \"llama\"", "\"model_type\": 3", "model_type")]
    [InlineData("\"hidden_size\": 48", "\"hidden_size\": 0", "hidden_size")]
    [InlineData("\"hidden_size\": 48", "\"hidden_size\": \"x\"", "hidden_size")]
    [InlineData("\"max_position_embeddings\": 96", "\"max_position_embeddings\": 2000000000", "max_position_embeddings")]
    [InlineData("{", "", "config.json")]
    [InlineData("{", "[", "config.json")]
    public void Load_ConfigOutsideTheEngine_NamesTheKey(string from, string to, string expected)
    {
        using var folder = new TemporaryFolder();
        using var llama = NewLlama();
        TorchTokenModel.Save(llama, folder.Path);
        var text = File.ReadAllText(folder.File("config.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), text.Replace(from, to, StringComparison.Ordinal));

        var error = Assert.Throws<FormatException>(() => TorchTokenModel.Load(folder.Path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsOfAnotherShape_NamesTensorAndShapes()
    {
        using var folder = new TemporaryFolder();
        using var llama = NewLlama();
        TorchTokenModel.Save(llama, folder.Path);
        var text = File.ReadAllText(folder.File("config.json")).Replace("\"intermediate_size\": 72", "\"intermediate_size\": 73", StringComparison.Ordinal);
        File.WriteAllText(folder.File("config.json"), text);

        var error = Assert.Throws<SafetensorsException>(() => TorchTokenModel.Load(folder.Path));

        Assert.Equal("model.layers.0.mlp.gate_proj.weight", error.Tensor);
        Assert.Contains("[72, 48]", error.Found, StringComparison.Ordinal);
        Assert.Contains("[73, 48]", error.Needed, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ConfigWithMoreLayersThanTensors_IsRefusedAtOnce()
    {
        using var folder = new TemporaryFolder();
        using var llama = NewLlama();
        TorchTokenModel.Save(llama, folder.Path);
        var text = File.ReadAllText(folder.File("config.json"));
        File.WriteAllText(folder.File("config.json"), text.Replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2000000000", StringComparison.Ordinal));

        var error = Assert.Throws<SafetensorsException>(() => TorchTokenModel.Load(folder.Path));

        Assert.Contains("2000000000 layers", error.Needed, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingParts_AreTyped()
    {
        using var folder = new TemporaryFolder();
        using var llama = NewLlama();
        Assert.Throws<SafetensorsException>(() => TorchTokenModel.Load(folder.Path));
        TorchTokenModel.Save(llama, folder.Path);
        using (var tensor = torch.ones(1))
            SafetensorsWriter.Write(folder.File(SafetensorsFolder.SingleFile), Enumerable.Range(0, 4).ToDictionary(i => $"other{i}", _ => tensor));

        var missing = Assert.Throws<SafetensorsException>(() => TorchTokenModel.Load(folder.Path));
        File.Delete(folder.File("config.json"));

        Assert.Equal("model.embed_tokens.weight", missing.Tensor);
        Assert.Throws<FormatException>(() => TorchTokenModel.Load(folder.Path));
    }

    private static float[] Scores(LlamaModel source, int taps, bool tied)
    {
        using var copy = NewLlama(taps, tied);
        using var noGradient = torch.no_grad();
        copy.Parameters.Values.copy_(source.Parameters.Values);
        using var model = new TorchTokenModel(copy);
        return Scores(model);
    }

    private static float[] Scores(TorchTokenModel model)
    {
        var tokens = Tokens(6, 12);
        var logits = new float[tokens.Length * model.VocabularySize];
        model.Score(tokens, logits);
        return logits;
    }
}
