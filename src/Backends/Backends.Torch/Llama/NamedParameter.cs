namespace Backends.Torch.Llama;

/// <summary>One published tensor inside a flat buffer.</summary>
/// <param name="Name">Hugging Face's name, for example <c>model.layers.0.self_attn.q_proj.weight</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Index of its first element in the flat buffer.</param>
/// <param name="Shape">Its shape; elements lie row by row.</param>
public sealed record NamedParameter(string Name, ParameterKind Kind, long Offset, IReadOnlyList<long> Shape)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
