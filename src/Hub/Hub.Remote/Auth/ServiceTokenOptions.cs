namespace Hub.Remote.Auth;

/// <summary>A token of the service behind a server, in a header of its own.</summary>
public sealed class ServiceTokenOptions
{
    /// <summary>The token; <c>${NAME}</c> in files.</summary>
    public string Token { get; set; } = "";

    /// <summary>Where the token goes, beside the one of the account.</summary>
    /// <value>The default is <c>X-Service-Account-Token</c>.</value>
    public string Header { get; set; } = "X-Service-Account-Token";
}
