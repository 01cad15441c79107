using static TorchSharp.torch;

namespace Backends.Training.Optimizers;

/// <summary>The moments that lie beside a flat parameter buffer of N elements.</summary>
internal sealed class OptimizerState : IDisposable
{
    public OptimizerState(long count, Device device)
    {
        using var scope = NewDisposeScope();
        First = zeros(count, device: device).DetachFromDisposeScope();
        Second = zeros(count, device: device).DetachFromDisposeScope();
    }

    /// <summary>First moments, or Muon's momentum, <c>[N]</c>.</summary>
    public Tensor First { get; }

    /// <summary>Second moments, <c>[N]</c>; unused where Muon works.</summary>
    public Tensor Second { get; }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
