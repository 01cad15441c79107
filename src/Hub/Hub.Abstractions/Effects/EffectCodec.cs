namespace Hub.Abstractions;

/// <summary>How an effect's request and result become bytes in the log, and the result comes back.</summary>
/// <remarks>Live results pass through <see cref="EncodeResult"/> and <see cref="DecodeResult"/> too, so that live and replayed cannot differ.</remarks>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back.</typeparam>
public abstract class EffectCodec<TRequest, TResult>
{
    /// <summary>Logged form of a request: compared byte by byte on resume.</summary>
    /// <param name="run">The scope, for what a codec remembers per run.</param>
    /// <param name="request">The request.</param>
    /// <param name="payloads">Takes parts that are stored on their own, each once.</param>
    public abstract byte[] EncodeRequest(IRun run, TRequest request, IPayloads payloads);

    /// <summary>Logged form of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="payloads">Takes parts that are stored on their own, each once.</param>
    public abstract byte[] EncodeResult(TResult result, IPayloads payloads);

    /// <summary>The result from its logged form.</summary>
    /// <param name="logged">Bytes of <see cref="EncodeResult"/>.</param>
    /// <param name="payloads">Gives back parts stored on their own.</param>
    /// <exception cref="PayloadErasedException">A part was erased.</exception>
    public abstract TResult DecodeResult(ReadOnlyMemory<byte> logged, IPayloads payloads);

    /// <summary>Tokens that the result reports, or null.</summary>
    /// <param name="result">The result.</param>
    public virtual RunUsage? Usage(TResult result) => null;
}
