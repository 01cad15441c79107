namespace Backends.Torch.Safetensors;

/// <summary>A safetensors file or folder is damaged, incomplete or does not hold what the caller needs.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>Creates the error from its four parts.</summary>
    /// <param name="file">Path of the file or folder.</param>
    /// <param name="tensor">Name of the tensor, or null where the fault is the file's.</param>
    /// <param name="found">What the file holds.</param>
    /// <param name="needed">What it should hold, and what to do.</param>
    /// <param name="inner">The error beneath, if there is one.</param>
    public SafetensorsException(string file, string? tensor, string found, string needed, Exception? inner = null)
        : base($"{file}{(tensor is null ? "" : $", tensor '{tensor}'")}: found {found}; needed {needed}.", inner)
    {
        File = file;
        Tensor = tensor;
        Found = found;
        Needed = needed;
    }

    /// <summary>Path of the file or folder.</summary>
    public string File { get; }

    /// <summary>Name of the tensor; null where the fault is the file's.</summary>
    public string? Tensor { get; }

    /// <summary>What the file holds.</summary>
    public string Found { get; }

    /// <summary>What it should hold, and what to do.</summary>
    public string Needed { get; }
}
