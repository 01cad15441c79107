namespace Backends.Serving.Tokenization;

/// <summary>A tokenizer file is missing, damaged, or uses a feature that the engine does not have.</summary>
public sealed class TokenizerFormatException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="source">File, or a name for where the text came from.</param>
    /// <param name="cause">What was found, what was needed, and what to do.</param>
    /// <param name="inner">The failure below, if any.</param>
    public TokenizerFormatException(string source, string cause, Exception? inner = null)
        : base($"Tokenizer '{source}': {cause}", inner)
    {
        SourceName = source;
        Cause = cause;
    }

    /// <summary>File, or a name for where the text came from.</summary>
    public string SourceName { get; }

    /// <summary>What was found, what was needed, and what to do.</summary>
    public string Cause { get; }
}
