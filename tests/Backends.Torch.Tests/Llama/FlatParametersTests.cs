using Backends.Torch.Llama;
using static TorchSharp.torch;

namespace Backends.Torch.Tests.Llama;

public class FlatParametersTests
{
    private static readonly LlamaConfig s_config = new()
    {
        Vocabulary = 5,
        Hidden = 8,
        Layers = 2,
        Heads = 2,
        KeyValueHeads = 1,
        Intermediate = 6,
        Context = 4,
        ConvolutionTaps = 4,
        TiedEmbeddings = false,
    };

    [Fact]
    public void Named_AllTensors_CoverTheBufferOnce()
    {
        using var model = new LlamaModel(s_config);
        long at = 0;
        foreach (var parameter in model.Parameters.Named)
        {
            Assert.Equal(at, parameter.Offset);
            at += parameter.Count;
        }

        Assert.Equal(model.Parameters.Count, at);
        Assert.Equal(at, Enum.GetValues<ParameterKind>().Sum(kind => model.Parameters.RangeOf(kind).Count));
        Assert.Equal((0L, 80L), model.Parameters.RangeOf(ParameterKind.Embedding));
        Assert.Equal((80L, at - 80 - model.Parameters.RangeOf(ParameterKind.Vector).Count), model.Parameters.RangeOf(ParameterKind.Matrix));
    }

    [Fact]
    public void View_Write_ReachesTheModel()
    {
        using var scope = NewDisposeScope();
        using var model = new LlamaModel(s_config);
        model.Initialise(1);
        var ids = tensor(new long[] { 1, 2, 3 }, 1, 3);
        var before = model.Logits(ids);

        using (no_grad())
            model.Parameters.View("model.layers.1.self_attn.v_proj.weight").fill_(0.3f);

        Assert.True((model.Logits(ids) - before).abs().max().item<float>() > 1e-4f);
    }

    [Fact]
    public void Load_WrongShape_NamesTheTensor()
    {
        using var model = new LlamaModel(s_config);

        var fault = Assert.Throws<ArgumentException>(() => model.Parameters.Load(name => zeros(2, 2)));

        Assert.Contains("model.embed_tokens.weight has shape [2, 2]; [5, 8]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void View_UnknownName_IsTyped()
    {
        using var model = new LlamaModel(s_config);

        Assert.Throws<KeyNotFoundException>(() => model.Parameters.View("model.layers.2.mlp.up_proj.weight"));
    }
}
