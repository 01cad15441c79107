namespace Knowledge.Rdf.JsonLd;

/// <summary>A document, a context or a limit that JSON-LD does not allow.</summary>
public sealed class JsonLdException : FormatException
{
    /// <summary>An error with its code.</summary>
    /// <param name="code">One of <see cref="JsonLdErrorCode"/>.</param>
    /// <param name="problem">What was found and what was needed.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public JsonLdException(string code, string problem, Exception? inner = null)
        : base($"{code}: {problem}", inner)
    {
        Code = code;
    }

    /// <summary>The specification's word for it, one of <see cref="JsonLdErrorCode"/>.</summary>
    public string Code { get; }
}
