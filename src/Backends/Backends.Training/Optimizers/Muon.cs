using Backends.Torch.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Training.Optimizers;

/// <summary>Muon over the hidden matrices: Nesterov momentum whose singular values a Newton-Schulz iteration brings near one.</summary>
/// <remarks>
/// Jordan et al. 2024, "Muon: an optimizer for hidden layers"; the step is scaled by 0.2 sqrt(max(rows, columns)) so that its size matches AdamW's
/// (Liu et al. 2025, arXiv:2502.16982). Matrices of one shape go through the iteration together.
/// </remarks>
internal sealed class Muon : IDisposable
{
    public const int Iterations = 5;
    private const double Scale = 0.2;

    private readonly long _offset;
    private readonly long _count;
    private readonly FlatParameters _parameters;
    private readonly Tensor _gradients;
    private readonly Tensor _momentum;
    private readonly List<NamedParameter[]> _groups;
    private readonly ScalarType _type;

    public Muon(FlatParameters parameters, OptimizerState state, ComputePrecision precision)
    {
        _parameters = parameters;
        (_offset, _count) = parameters.RangeOf(ParameterKind.Matrix);
        using var scope = NewDisposeScope();
        _gradients = parameters.Gradients!.narrow(0, _offset, _count).DetachFromDisposeScope();
        _momentum = state.First.narrow(0, _offset, _count).DetachFromDisposeScope();
        _groups = [.. parameters.Named.Where(p => p.Kind == ParameterKind.Matrix).GroupBy(p => (p.Shape[0], p.Shape[1])).Select(group => group.ToArray())];
        _type = precision == ComputePrecision.Mixed ? ScalarType.BFloat16 : ScalarType.Float32;
    }

    /// <summary>One update of every hidden matrix.</summary>
    public void Step(double rate, double decay, double momentum)
    {
        using var scope = NewDisposeScope();
        _momentum.mul_(momentum).add_(_gradients, 1 - momentum);
        var nesterov = (_gradients * (1 - momentum)).add_(_momentum, momentum);
        _parameters.Values.narrow(0, _offset, _count).mul_(1 - (rate * decay));
        foreach (var group in _groups)
        {
            using var inner = NewDisposeScope();
            long rows = group[0].Shape[0], columns = group[0].Shape[1];
            var batch = stack(group.Select(p => nesterov.narrow(0, p.Offset - _offset, p.Count).view(rows, columns)).ToArray());
            var update = Orthogonalize(batch, _type);
            for (var i = 0; i < group.Length; i++)
                _parameters.View(group[i].Name).add_(update[i], -rate * Scale * Math.Sqrt(Math.Max(rows, columns)));
        }
    }

    /// <summary>Brings the singular values of each matrix near one and keeps its singular vectors.</summary>
    /// <param name="matrices"><c>[M, rows, columns]</c>.</param>
    /// <param name="type">What the iteration computes with: f32 or bf16.</param>
    /// <returns>The same shape, f32; singular values between about 0.7 and 1.2.</returns>
    internal static Tensor Orthogonalize(Tensor matrices, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var isTall = matrices.shape[1] > matrices.shape[2];
        var x = matrices / (matrices.square().sum([1L, 2L], keepdim: true).sqrt() + 1e-7);
        x = (isTall ? x.transpose(1, 2) : x).to(type).contiguous();
        for (var i = 0; i < Iterations; i++)
        {
            using var step = NewDisposeScope();
            var gram = x.bmm(x.transpose(1, 2));
            var odd = (gram * -4.7750) + (gram.bmm(gram) * 2.0315);
            x = ((x * 3.4445) + odd.bmm(x)).MoveToOuterDisposeScope();
        }

        return (isTall ? x.transpose(1, 2) : x).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _gradients.Dispose();
        _momentum.Dispose();
    }
}
