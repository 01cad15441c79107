namespace Backends.Torch.Llama;

/// <summary>What a parameter is, which decides the optimiser that moves it.</summary>
public enum ParameterKind
{
    /// <summary>A table of token vectors: the embedding or the output layer.</summary>
    Embedding,

    /// <summary>A hidden linear layer, two-dimensional.</summary>
    Matrix,

    /// <summary>A norm's scale or a convolution's taps: no weight decay.</summary>
    Vector,
}
