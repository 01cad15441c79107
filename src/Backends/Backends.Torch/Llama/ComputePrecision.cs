namespace Backends.Torch.Llama;

/// <summary>The numbers that linear layers and attention products of a training pass compute with; weights are f32 always.</summary>
public enum ComputePrecision
{
    /// <summary>Single precision (f32) throughout.</summary>
    Full,

    /// <summary>bf16 products with f32 norms, rotations, residuals and loss.</summary>
    Mixed,
}
