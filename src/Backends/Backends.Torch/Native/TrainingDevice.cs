namespace Backends.Torch.Native;

/// <summary>Where a training's tensors lie.</summary>
public enum TrainingDevice
{
    /// <summary>The first NVIDIA GPU where the native library has one it can use, otherwise the CPU.</summary>
    Auto,

    /// <summary>This machine's main memory and its cores.</summary>
    Cpu,

    /// <summary>The first NVIDIA GPU; an error where there is none.</summary>
    Cuda,
}
