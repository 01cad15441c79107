namespace Hub.Workflows.Builtins.Middleware;

/// <summary>What all built-in middleware has in common.</summary>
public abstract class MiddlewareOptions
{
    /// <summary>Whether it does anything.</summary>
    public bool Enabled { get; set; } = true;
}
