using TorchSharp;
using static TorchSharp.torch;

namespace Backends.Torch.Llama;

/// <summary>All parameters of a model in one flat f32 buffer, their gradients in another, with named views into both.</summary>
/// <remarks>
/// One buffer makes an optimiser step, a gradient norm, a checkpoint and an all-reduce one call each. Names may be slices of a block that the
/// model uses as one matrix (q, k and v of a layer lie row by row in one block). Order: embeddings, matrices, vectors. Not thread-safe.
/// </remarks>
public sealed class FlatParameters : IDisposable
{
    private readonly Dictionary<string, NamedParameter> _byName;
    private readonly List<Tensor> _blocks = [];

    internal FlatParameters(IReadOnlyList<NamedParameter> named, bool trainable, Device device)
    {
        Named = named;
        _byName = named.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        Count = named.Sum(parameter => parameter.Count);
        Values = zeros(Count, device: device).DetachFromDisposeScope();
        Gradients = trainable ? zeros(Count, device: device).DetachFromDisposeScope() : null;
    }

    /// <summary>Number of elements over all parameters, N.</summary>
    public long Count { get; }

    /// <summary>Every parameter, <c>[N]</c>, f32. Owned by this object.</summary>
    public Tensor Values { get; }

    /// <summary>Every gradient, <c>[N]</c>, f32, or null when the model was made for inference alone. Owned by this object.</summary>
    public Tensor? Gradients { get; }

    /// <summary>The named tensors in the order of the buffer.</summary>
    public IReadOnlyList<NamedParameter> Named { get; }

    /// <summary>A view of one named tensor; writes go through.</summary>
    /// <param name="name">A name in <see cref="Named"/>.</param>
    /// <returns>A view that the caller disposes; it carries no gradient.</returns>
    /// <exception cref="KeyNotFoundException">No such name.</exception>
    public Tensor View(string name)
    {
        var found = Find(name);
        return Values.narrow(0, found.Offset, found.Count).view([.. found.Shape]);
    }

    /// <summary>The range of the buffer that one kind of parameter takes: offset and element count; kinds are contiguous.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Offset and count in elements; a count of 0 where the model has none.</returns>
    public (long Offset, long Count) RangeOf(ParameterKind kind)
    {
        var members = Named.Where(parameter => parameter.Kind == kind).ToList();
        return members.Count == 0 ? (Count, 0) : (members[0].Offset, members.Sum(parameter => parameter.Count));
    }

    /// <summary>Copies every named tensor from <paramref name="source"/>, converting to f32.</summary>
    /// <param name="source">Gives the tensor of a name; this method disposes it. Any floating type.</param>
    /// <exception cref="ArgumentException">A tensor of another shape.</exception>
    public void Load(Func<string, Tensor> source)
    {
        using var noGradient = no_grad();
        foreach (var parameter in Named)
        {
            using var tensor = source(parameter.Name);
            if (!tensor.shape.AsSpan().SequenceEqual([.. parameter.Shape]))
            {
                throw new ArgumentException(
                    $"{parameter.Name} has shape [{string.Join(", ", tensor.shape)}]; [{string.Join(", ", parameter.Shape)}] is needed by this configuration.");
            }

            using var view = View(parameter.Name);
            view.copy_(tensor);
        }
    }

    /// <summary>Frees both buffers; every view is dead afterwards.</summary>
    public void Dispose()
    {
        foreach (var block in _blocks)
            block.Dispose();
        Values.Dispose();
        Gradients?.Dispose();
    }

    /// <summary>A leaf over adjacent named tensors whose gradient accumulates in place in the flat gradient buffer.</summary>
    /// <param name="first">Name of the first tensor of the block.</param>
    /// <param name="shape">Shape of the whole block.</param>
    internal Tensor Block(string first, params long[] shape)
    {
        var offset = Find(first).Offset;
        var count = shape.Aggregate(1L, (product, size) => product * size);
        using var scope = NewDisposeScope();
        var block = Values.narrow(0, offset, count).view(shape).detach();
        if (Gradients is not null)
        {
            block.requires_grad_(true);
            block.grad = Gradients.narrow(0, offset, count).view(shape);
        }

        block = block.DetachFromDisposeScope();
        _blocks.Add(block);
        return block;
    }

    private NamedParameter Find(string name)
        => _byName.TryGetValue(name, out var found) ? found : throw new KeyNotFoundException($"The model has no parameter named '{name}'.");
}
