using Backends.Torch.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Training.Optimizers;

/// <summary>Clipping and the optimisers of all parameter kinds: one call moves the whole model.</summary>
internal sealed class ParameterUpdate : IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly TrainerOptions _options;
    private readonly Muon? _muon;
    private readonly FusedAdamW _decayed; // embeddings, and matrices unless Muon has them
    private readonly FusedAdamW _plain;   // norms and convolutions

    public ParameterUpdate(FlatParameters parameters, OptimizerState state, TrainerOptions options, ComputePrecision precision)
    {
        _parameters = parameters;
        _options = options;
        var (_, embeddings) = parameters.RangeOf(ParameterKind.Embedding);
        var (vectorsAt, vectors) = parameters.RangeOf(ParameterKind.Vector);
        _muon = options.Optimizer == OptimizerKind.Muon ? new Muon(parameters, state, precision) : null;
        _decayed = new FusedAdamW(parameters, state, 0, _muon is null ? vectorsAt : embeddings);
        _plain = new FusedAdamW(parameters, state, vectorsAt, vectors);
    }

    /// <summary>Clips the gradient and moves every parameter.</summary>
    /// <param name="step">The step's number, from 1.</param>
    /// <param name="factor">The schedule's factor.</param>
    /// <returns>The gradient's norm before clipping; when it is no number nothing has moved.</returns>
    public double Step(long step, double factor)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        double norm = _parameters.Gradients!.norm().item<float>();
        if (!double.IsFinite(norm))
            return norm;
        if (_options.ClipNorm > 0 && norm > _options.ClipNorm)
            _parameters.Gradients.mul_(_options.ClipNorm / norm);
        _muon?.Step(_options.MuonLearningRate * factor, _options.WeightDecay, _options.Momentum);
        var rate = _options.LearningRate * factor;
        _decayed.Step(step, rate, _muon is null ? _options.WeightDecay : 0, _options.Beta1, _options.Beta2);
        _plain.Step(step, rate, 0, _options.Beta1, _options.Beta2);
        return norm;
    }

    public void Dispose()
    {
        _muon?.Dispose();
        _decayed.Dispose();
        _plain.Dispose();
    }
}
