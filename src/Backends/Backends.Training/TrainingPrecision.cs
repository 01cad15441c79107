namespace Backends.Training;

/// <summary>How a trainer chooses the numbers that products compute with.</summary>
public enum TrainingPrecision
{
    /// <summary>Times both on the model's own shapes at the start and takes the faster.</summary>
    Auto,

    /// <summary>f32 throughout.</summary>
    Full,

    /// <summary>bf16 products over f32 weights.</summary>
    Mixed,
}
