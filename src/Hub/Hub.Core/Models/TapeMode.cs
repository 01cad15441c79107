namespace Hub.Core.Models;

/// <summary>What a tape does with a request.</summary>
public enum TapeMode
{
    /// <summary>Asks the model and writes its reply down.</summary>
    Record,

    /// <summary>Plays a known reply; asks the model, and writes down, what is not known.</summary>
    Replay,

    /// <summary>Plays known replies only.</summary>
    Strict,
}
