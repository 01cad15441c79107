namespace Hub.Abstractions;

/// <summary>Two effects were started at once in one scope.</summary>
public sealed class ConcurrentEffectException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="scope">Path of the scope.</param>
    /// <param name="name">Name of the effect that came second.</param>
    public ConcurrentEffectException(string scope, string name)
        : base($"'{name}' was started in scope '{scope}' while another effect of that scope was under way. " +
            "Their order would differ on resume: use run.AllAsync, which gives each branch a scope of its own.")
    {
    }
}
