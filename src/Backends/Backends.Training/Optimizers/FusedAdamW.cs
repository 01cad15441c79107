using Backends.Torch.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Training.Optimizers;

/// <summary>AdamW over one range of the flat buffers in one native call. Loshchilov and Hutter 2019, arXiv:1711.05101.</summary>
/// <remarks>
/// TorchSharp does not bind the fused kernel; a constant script reaches it. Nothing but that constant may be compiled: a script error ends the process.
/// </remarks>
internal sealed class FusedAdamW : IDisposable
{
    public const double Epsilon = 1e-8;

    private const string Script =
        """
        def step(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], s: List[Tensor], lr: float, wd: float, b1: float, b2: float):
          torch._fused_adamw_(p, g, m, v, [], s, lr=lr, beta1=b1, beta2=b2, weight_decay=wd, eps=1e-8, amsgrad=False, maximize=False)
          return p[0]
        """;

    private readonly TorchSharp.torch.jit.CompilationUnit _unit = torch.jit.compile(Script + "\n");
    private readonly Tensor[] _values;
    private readonly Tensor[] _gradients;
    private readonly Tensor[] _first;
    private readonly Tensor[] _second;
    private readonly Tensor[] _step;

    public FusedAdamW(FlatParameters parameters, OptimizerState state, long offset, long count)
    {
        using var scope = NewDisposeScope();
        Tensor[] Range(Tensor flat) => [flat.narrow(0, offset, count).DetachFromDisposeScope()];
        _values = Range(parameters.Values);
        _gradients = Range(parameters.Gradients!);
        _first = Range(state.First);
        _second = Range(state.Second);
        _step = [tensor(0f, device: parameters.Values.device).DetachFromDisposeScope()];
    }

    /// <summary>One update; <paramref name="step"/> counts from 1.</summary>
    public void Step(long step, double rate, double decay, double beta1, double beta2)
    {
        using var scope = NewDisposeScope();
        _step[0].fill_(step);
        _unit.invoke("step", _values, _gradients, _first, _second, _step, rate, decay, beta1, beta2);
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { _values, _gradients, _first, _second, _step }.SelectMany(list => list))
            tensor.Dispose();
        _unit.Dispose();
    }
}
