namespace Backends.Torch.Native;

/// <summary>The native tensor library does not load on this machine; the message says what was found and what to do.</summary>
public sealed class TorchNativeException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found, what was needed, what to do.</param>
    /// <param name="inner">The loader's own fault.</param>
    public TorchNativeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
