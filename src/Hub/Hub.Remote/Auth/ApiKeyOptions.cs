namespace Hub.Remote.Auth;

/// <summary>Options of <c>api_key</c>: a key in a header.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>The key; <c>${NAME}</c> in files.</summary>
    public string RawKey { get; set; } = "";

    /// <summary>Where it goes: <c>Bearer</c>, <c>X-API-Key</c>, or <c>Custom</c> with a header and a prefix of its own.</summary>
    public string AuthScheme { get; set; } = "Bearer";

    /// <summary>The header of the scheme <c>Custom</c>.</summary>
    public string? CustomHeaderName { get; set; }

    /// <summary>What stands before the key in that header.</summary>
    public string? CustomHeaderPrefix { get; set; }
}
