using Backends.Torch.Llama;
using Backends.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Training.Tests.Optimizers;

public class OptimizerTests
{
    private static void DrawGradient(LlamaModel model, int step)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)(100 + step));
        model.Parameters.Gradients!.normal_(0, 0.1, generator);
    }

    private static double[] Doubles(Tensor tensor) => Array.ConvertAll(TinyTraining.Floats(tensor), value => (double)value);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AdamW_FiveSteps_EqualsThePlainLoop(bool correct)
    {
        using var model = TinyTraining.Model();
        using var state = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU);
        var options = TinyTraining.Options(OptimizerKind.AdamW);
        options.ClipNorm = 0;
        using var update = new ParameterUpdate(model.Parameters, state, options, ComputePrecision.Full);
        var p = Doubles(model.Parameters.Values);
        var decayed = (int)model.Parameters.RangeOf(ParameterKind.Vector).Offset;
        double[][] low = [p[..decayed], new double[decayed], new double[decayed]];
        var rest = p.Length - decayed;
        double[][] high = [p[decayed..], new double[rest], new double[rest]];
        for (var step = 1; step <= 5; step++)
        {
            DrawGradient(model, step);
            var g = Doubles(model.Parameters.Gradients!);
            update.Step(step, factor: 0.5);
            NaiveOptimizers.AdamW(low[0], g[..decayed], low[1], low[2], step, 1e-3, options.WeightDecay, options.Beta1, options.Beta2, correct);
            NaiveOptimizers.AdamW(high[0], g[decayed..], high[1], high[2], step, 1e-3, 0, options.Beta1, options.Beta2, correct);
        }

        var distance = Doubles(model.Parameters.Values).Zip(low[0].Concat(high[0]), (found, wanted) => Math.Abs(found - wanted)).Max();

        // Without bias correction the plain loop is wrong on purpose: the comparison must see it.
        Assert.True(correct ? distance < 1e-6 : distance > 1e-4, $"distance {distance}");
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(12, 5)]
    [InlineData(4, 20)]
    public void Orthogonalize_AnyShape_EqualsThePlainLoopAndIsNearlyOrthogonal(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var batch = randn([2, rows, columns], generator: generator);

        var found = Muon.Orthogonalize(batch, ScalarType.Float32);

        for (var i = 0; i < 2; i++)
        {
            var source = Doubles(batch[i]);
            var wanted = NaiveOptimizers.Orthogonalize(NaiveOptimizers.Make(rows, columns, (r, c) => source[(r * columns) + c]));
            var got = Doubles(found[i]);
            Assert.InRange(got.Select((value, k) => Math.Abs(value - wanted[k / columns, k % columns])).Max(), 0, 1e-4);
            var singular = linalg.svdvals(found[i]);
            Assert.InRange(singular.min().item<float>(), 0.3f, 1.3f);
            Assert.InRange(singular.max().item<float>(), 0.3f, 1.3f);
        }
    }

    [Fact]
    public void Orthogonalize_InBf16_StaysNear()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var batch = randn([3, 24, 16], generator: generator);

        var distance = (Muon.Orthogonalize(batch, ScalarType.BFloat16) - Muon.Orthogonalize(batch, ScalarType.Float32)).abs().max().item<float>();

        Assert.InRange(distance, 1e-6f, 0.1f);
    }

    [Fact]
    public void Muon_TwoSteps_EqualsThePlainLoop()
    {
        using var model = TinyTraining.Model();
        using var state = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU);
        var options = TinyTraining.Options();
        options.ClipNorm = 0;
        using var update = new ParameterUpdate(model.Parameters, state, options, ComputePrecision.Full);
        var parameter = model.Parameters.Named.Single(p => p.Name == "model.layers.1.mlp.down_proj.weight");
        int at = (int)parameter.Offset, count = (int)parameter.Count, rows = (int)parameter.Shape[0], columns = (int)parameter.Shape[1];
        var wanted = Doubles(model.Parameters.Values).AsSpan(at, count).ToArray();
        var momentum = new double[count];
        for (var step = 1; step <= 2; step++)
        {
            DrawGradient(model, step);
            var g = Doubles(model.Parameters.Gradients!).AsSpan(at, count).ToArray();
            update.Step(step, factor: 1);
            momentum = momentum.Zip(g, (m, value) => (0.95 * m) + (0.05 * value)).ToArray();
            var nesterov = g.Zip(momentum, (value, m) => (0.05 * value) + (0.95 * m)).ToArray();
            var direction = NaiveOptimizers.Orthogonalize(NaiveOptimizers.Make(rows, columns, (r, c) => nesterov[(r * columns) + c]));
            for (var i = 0; i < count; i++)
                wanted[i] = (wanted[i] * (1 - (2e-3 * 0.05))) - (2e-3 * 0.2 * Math.Sqrt(columns) * direction[i / columns, i % columns]);
        }

        Assert.InRange(Doubles(model.Parameters.Values).AsSpan(at, count).ToArray().Zip(wanted, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-6);
    }

    [Fact]
    public void Step_GradientAboveTheLimit_IsClippedToIt()
    {
        using var model = TinyTraining.Model();
        using var state = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU);
        using var update = new ParameterUpdate(model.Parameters, state, TinyTraining.Options(), ComputePrecision.Full);
        DrawGradient(model, 1);
        using var scope = NewDisposeScope();
        var norm = model.Parameters.Gradients!.norm().item<float>();

        Assert.Equal(norm, update.Step(1, 1), 4);
        Assert.True(norm > 1);
        Assert.Equal(1f, model.Parameters.Gradients.norm().item<float>(), 4);
    }

    [Fact]
    public void Step_GradientThatIsNoNumber_MovesNothing()
    {
        using var model = TinyTraining.Model();
        using var state = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU);
        using var update = new ParameterUpdate(model.Parameters, state, TinyTraining.Options(), ComputePrecision.Full);
        var before = TinyTraining.Floats(model.Parameters.Values);
        using (no_grad())
            model.Parameters.Gradients!.fill_(float.NaN);

        Assert.True(double.IsNaN(update.Step(1, 1)));
        Assert.Equal(before, TinyTraining.Floats(model.Parameters.Values));
    }
}
