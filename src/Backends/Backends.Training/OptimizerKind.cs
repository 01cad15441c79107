namespace Backends.Training;

/// <summary>What moves the hidden matrices; embeddings, norms and convolutions are AdamW's always.</summary>
public enum OptimizerKind
{
    /// <summary>Muon: momentum made orthogonal.</summary>
    Muon,

    /// <summary>AdamW, as for all other parameters.</summary>
    AdamW,
}
