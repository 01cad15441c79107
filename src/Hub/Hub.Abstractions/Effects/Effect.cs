namespace Hub.Abstractions;

/// <summary>One thing that a run does to the world.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">Name of the model or tool, for the log.</param>
/// <param name="Execute">Does it. Called only where the log has no end for this effect.</param>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back.</typeparam>
public sealed record Effect<TRequest, TResult>(EffectKind Kind, string Name, Func<TRequest, EffectContext, Task<TResult>> Execute)
{
    /// <summary>What a resume may do if the effect was in flight at a crash.</summary>
    /// <value>The default is <see cref="Redo.Never"/>.</value>
    public Redo Redo { get; init; }

    /// <summary>How request and result become bytes in the log.</summary>
    /// <value>The default is JSON with <see cref="HubJson.Options"/>.</value>
    public EffectCodec<TRequest, TResult> Codec { get; init; } = JsonEffectCodec<TRequest, TResult>.Instance;
}
