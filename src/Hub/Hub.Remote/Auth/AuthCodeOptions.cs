using System.ComponentModel.DataAnnotations;

namespace Hub.Remote.Auth;

/// <summary>Options of <c>oauth2_auth_code_flow</c>: each user allows the hub to act for them, in a browser, by OAuth 2.0 with an authorization code.</summary>
public sealed class AuthCodeOptions : IValidatableObject
{
    internal const string Basic = "client_secret_basic";
    internal const string Post = "client_secret_post";
    internal const string None = "none";

    /// <summary>The hub's id at the authorization server.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret to it; <c>${NAME}</c> in files.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people are sent to.</summary>
    public Uri? AuthorizationUrl { get; set; }

    /// <summary>Where tokens are given out.</summary>
    public Uri? TokenUrl { get; set; }

    /// <summary>How the hub says who it is there: <c>client_secret_basic</c> (the default), <c>client_secret_post</c> or <c>none</c>.</summary>
    public string? TokenEndpointAuthMethod { get; set; }

    /// <summary>Where browsers are sent back to: the served hub's <c>/auth/redirect</c>, as the authorization server has it registered.</summary>
    public Uri? RedirectUri { get; set; }

    /// <summary>What is asked for.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>Accepted and without effect: PKCE is used always. Servers that do not know it pass it over.</summary>
    public bool UsePkce { get; set; }

    /// <summary>Further parameters of the address that people open.</summary>
    public IReadOnlyDictionary<string, string> AuthorizationKwargs { get; set; } = new Dictionary<string, string>();

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AuthorizationUrl is null)
            yield return new ValidationResult("This key is missing; it is the address that people open.", [nameof(AuthorizationUrl)]);
        if (TokenUrl is null)
            yield return new ValidationResult("This key is missing; it is where tokens are given out.", [nameof(TokenUrl)]);
        if (RedirectUri is null)
            yield return new ValidationResult("This key is missing; it is where browsers come back to, such as http://localhost:8000/auth/redirect.", [nameof(RedirectUri)]);
        if (TokenEndpointAuthMethod is not (null or Basic or Post or None))
            yield return new ValidationResult($"'{TokenEndpointAuthMethod}' is no way to say who a client is; {Basic}, {Post} or {None} is needed.", [nameof(TokenEndpointAuthMethod)]);
    }
}
