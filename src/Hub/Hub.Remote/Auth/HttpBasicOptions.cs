namespace Hub.Remote.Auth;

/// <summary>Options of <c>http_basic</c>: a name and a password.</summary>
public sealed class HttpBasicOptions
{
    /// <summary>The name.</summary>
    public string Username { get; set; } = "";

    /// <summary>The password; <c>${NAME}</c> in files.</summary>
    public string Password { get; set; } = "";
}
