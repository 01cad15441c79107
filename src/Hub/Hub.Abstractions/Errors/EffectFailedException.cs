namespace Hub.Abstractions;

/// <summary>An effect failed: the same exception whether it failed just now or in the log.</summary>
public sealed class EffectFailedException : HubException
{
    /// <summary>Creates the error from its logged form.</summary>
    /// <param name="effectId">Path of the effect.</param>
    /// <param name="name">Name of the model or tool.</param>
    /// <param name="failure">What was logged.</param>
    public EffectFailedException(string effectId, string name, RunFailure failure)
        : base(failure.Message)
    {
        EffectId = effectId;
        Name = name;
        Failure = failure;
    }

    /// <summary>Path of the effect.</summary>
    public string EffectId { get; }

    /// <summary>Name of the model or tool.</summary>
    public string Name { get; }

    /// <summary>The failure as logged.</summary>
    public RunFailure Failure { get; }
}
