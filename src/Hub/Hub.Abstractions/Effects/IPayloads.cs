namespace Hub.Abstractions;

/// <summary>Content-addressed bytes of a run: stored once under their hash, erasable.</summary>
public interface IPayloads
{
    /// <summary>Stores bytes and returns their SHA-256 as 64 lower-case hexadecimal digits.</summary>
    /// <param name="content">UTF-8 text, by convention JSON; the caller does not change it afterwards.</param>
    string Put(byte[] content);

    /// <summary>Whether this run has stored or read the payload already, so that it need not be handed over again.</summary>
    /// <param name="hash">What <see cref="Put"/> returned.</param>
    bool Contains(string hash);

    /// <summary>Returns stored bytes.</summary>
    /// <param name="hash">What <see cref="Put"/> returned.</param>
    /// <exception cref="PayloadErasedException">They were erased, or never stored.</exception>
    byte[] Get(string hash);
}
