namespace Hub.Abstractions;

/// <summary>What sort of thing an effect does; it decides the kinds of its two events.</summary>
public enum EffectKind
{
    /// <summary>Asks a model.</summary>
    Model,

    /// <summary>Calls a tool.</summary>
    Tool,

    /// <summary>Asks a person, waits, or does long local work.</summary>
    Task,

    /// <summary>Scores or rolls out a batch of candidates.</summary>
    Search,

    /// <summary>Anything else.</summary>
    Custom,
}
