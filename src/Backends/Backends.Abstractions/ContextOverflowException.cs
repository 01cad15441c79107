namespace Backends.Abstractions;

/// <summary>A sequence would have grown past the context of its model.</summary>
public sealed class ContextOverflowException : Exception
{
    /// <summary>Creates the error from the two sizes.</summary>
    /// <param name="needed">Tokens that the call would have needed.</param>
    /// <param name="available">The model's context in tokens.</param>
    public ContextOverflowException(int needed, int available)
        : base($"The sequence needs {needed} tokens and the model's context holds {available}. Shorten the prompt or the history, or lower max_tokens.")
    {
        Needed = needed;
        Available = available;
    }

    /// <summary>Tokens that the call would have needed.</summary>
    public int Needed { get; }

    /// <summary>The model's context in tokens.</summary>
    public int Available { get; }
}
