namespace Hub.Abstractions;

/// <summary>On resume, the code asked for something else than what the log holds at that place.</summary>
public sealed class ReplayMismatchException : HubException
{
    /// <summary>Creates the error with both requests.</summary>
    /// <param name="effectId">Path of the effect.</param>
    /// <param name="logged">Request in the log.</param>
    /// <param name="asked">Request of the code.</param>
    public ReplayMismatchException(string effectId, string logged, string asked)
        : base($"At effect '{effectId}' the log holds\n  {Cut(logged)}\nand the code now asks\n  {Cut(asked)}\n" +
            "The reasoner, its configuration or its tools changed since the run began. Resume with the version that began it, or fork the run before this effect.")
    {
        EffectId = effectId;
        Logged = logged;
        Asked = asked;
    }

    /// <summary>Path of the effect.</summary>
    public string EffectId { get; }

    /// <summary>Request in the log, whole.</summary>
    public string Logged { get; }

    /// <summary>Request of the code, whole.</summary>
    public string Asked { get; }

    private static string Cut(string text) => text.Length <= 600 ? text : string.Concat(text.AsSpan(0, 600), "…");
}
