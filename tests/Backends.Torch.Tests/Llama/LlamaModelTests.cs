using Backends.Torch.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Torch.Tests.Llama;

public class LlamaModelTests
{
    private static readonly long[] s_ids = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];

    private static LlamaConfig Tiny(int kvHeads, int taps, bool tied) => new()
    {
        Vocabulary = 11,
        Hidden = 16,
        Layers = 2,
        Heads = 4,
        KeyValueHeads = kvHeads,
        Intermediate = 20,
        Context = 12,
        ConvolutionTaps = taps,
        TiedEmbeddings = tied,
    };

    private static LlamaModel Model(LlamaConfig config, bool trainable = false)
    {
        var model = new LlamaModel(config, trainable);
        model.Initialise(7, embeddingDeviation: 0.5);
        return model;
    }

    private static double Distance(LlamaModel model, NaiveLlama naive, long[] ids, ComputePrecision precision)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var found = model.Project(model.Hidden(tensor(ids, 1, ids.Length), precision), precision).contiguous().data<float>().ToArray();
        return naive.Logits(ids).SelectMany(row => row).Zip(found, (wanted, got) => Math.Abs(wanted - got)).Max();
    }

    [Theory]
    [InlineData(4, 0, true)]
    [InlineData(2, 0, false)]
    [InlineData(1, 4, true)]
    [InlineData(2, 3, false)]
    public void Logits_AnyShape_EqualPlainLoops(int kvHeads, int taps, bool tied)
    {
        var config = Tiny(kvHeads, taps, tied);
        using var model = Model(config);
        var naive = new NaiveLlama(config, NaiveLlama.Read(model));

        Assert.InRange(Distance(model, naive, s_ids, ComputePrecision.Full), 0, 1e-5);
        Assert.InRange(Distance(model, naive, s_ids, ComputePrecision.Mixed), 1e-7, 0.05);
    }

    [Theory]
    [InlineData("model.layers.1.self_attn.k_proj.weight")]
    [InlineData("model.layers.0.mlp.canon.weight")]
    public void Oracle_TwoRowsSwapped_IsCaught(string name)
    {
        var config = Tiny(2, 4, true);
        using var model = Model(config);
        var weights = NaiveLlama.Read(model);
        var (first, second) = (weights[name].AsSpan(0, config.Hidden).ToArray(), weights[name].AsSpan(config.Hidden, config.Hidden).ToArray());
        second.CopyTo(weights[name], 0);
        first.CopyTo(weights[name], config.Hidden);

        Assert.True(Distance(model, new NaiveLlama(config, weights), s_ids, ComputePrecision.Full) > 1e-3);
    }

    [Fact]
    public void Backward_EveryParameter_EqualsFiniteDifferencesOfPlainLoops()
    {
        var config = Tiny(2, 4, false);
        using var model = Model(config, trainable: true);
        using (var scope = NewDisposeScope())
        {
            var hidden = model.Hidden(tensor(s_ids, 1, s_ids.Length), ComputePrecision.Full).view(-1, config.Hidden);
            var logits = model.Project(hidden.narrow(0, 0, s_ids.Length - 1), ComputePrecision.Full);
            nn.functional.cross_entropy(logits, tensor(s_ids[1..])).backward();
        }

        var weights = NaiveLlama.Read(model);
        var naive = new NaiveLlama(config, weights);
        var gradients = model.Parameters.Gradients!.data<float>().ToArray();
        const double Step = 1e-5;
        foreach (var parameter in model.Parameters.Named)
        {
            var values = weights[parameter.Name];
            for (var i = 0; i < values.Length; i += Math.Max(1, values.Length / 5))
            {
                var kept = values[i];
                values[i] = kept + Step;
                var above = naive.Loss(s_ids);
                values[i] = kept - Step;
                var below = naive.Loss(s_ids);
                values[i] = kept;
                var wanted = (above - below) / (2 * Step);
                double found = gradients[parameter.Offset + i], tolerance = 1e-5 + (1e-3 * Math.Abs(wanted));
                Assert.True(Math.Abs(wanted - found) <= tolerance, $"{parameter.Name}[{i}]: {wanted} by differences, {found} by autograd");
            }
        }
    }

    [Theory]
    [InlineData(ComputePrecision.Full)]
    [InlineData(ComputePrecision.Mixed)]
    public void Hidden_LaterTokenChanged_LeavesEarlierRows(ComputePrecision precision)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var model = Model(Tiny(2, 4, true));
        var changed = (long[])s_ids.Clone();
        changed[6] = 10;

        var before = model.Hidden(tensor(s_ids, 1, s_ids.Length), precision)[0];
        var after = model.Hidden(tensor(changed, 1, s_ids.Length), precision)[0];

        Assert.Equal(0f, (before - after).narrow(0, 0, 6).abs().max().item<float>());
        Assert.True((before - after).narrow(0, 6, 4).abs().max().item<float>() > 1e-3f);
    }

    [Fact]
    public void Hidden_OneRowOfABatch_DoesNotSeeTheOther()
    {
        using var scope = NewDisposeScope();
        using var model = Model(Tiny(2, 4, true));
        long[] other = [0, 0, 7, 7, 7, 7, 8, 8, 10, 10];

        var both = model.Logits(tensor([.. other, .. s_ids], 2, s_ids.Length))[1];
        var alone = model.Logits(tensor(s_ids, 1, s_ids.Length))[0];

        Assert.InRange((both - alone).abs().max().item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void Hidden_ShapesThatCannotBe_AreRefusedBeforeTheNativeCall()
    {
        using var model = Model(Tiny(2, 4, true));
        using var flat = tensor(s_ids);
        using var tooLong = zeros([1, 13], ScalarType.Int64);
        using var floats = zeros(1, 4);

        Assert.Contains("[B, T]", Assert.Throws<ArgumentException>(() => model.Logits(flat)).Message, StringComparison.Ordinal);
        Assert.Contains("context of 12", Assert.Throws<ArgumentException>(() => model.Logits(tooLong)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Logits(floats));
    }

    [Fact]
    public void Initialise_SameSeed_GivesSameBits()
    {
        using LlamaModel one = Model(Tiny(2, 4, true)), same = Model(Tiny(2, 4, true)), other = new(Tiny(2, 4, true));
        other.Initialise(8, 0.5);

        Assert.True(one.Parameters.Values.bytes.SequenceEqual(same.Parameters.Values.bytes));
        Assert.False(one.Parameters.Values.bytes.SequenceEqual(other.Parameters.Values.bytes));
    }
}
