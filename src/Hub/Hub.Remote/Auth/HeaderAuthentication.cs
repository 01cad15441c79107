using System.Text;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>Credentials that are one header: a key, or a name and a password.</summary>
internal sealed class HeaderAuthentication(string header, string value) : IAuthentication
{
    public static HeaderAuthentication Of(ApiKeyOptions options)
    {
        if (options.RawKey.Length == 0)
            throw new HubException("api_key: raw_key is empty. Set the environment variable that the file names.");
        return options.AuthScheme.ToUpperInvariant() switch
        {
            "BEARER" => new HeaderAuthentication("Authorization", $"Bearer {options.RawKey}"),
            "X-API-KEY" or "X_API_KEY" => new HeaderAuthentication("X-API-Key", options.RawKey),
            "CUSTOM" when options.CustomHeaderName is { Length: > 0 } name => new HeaderAuthentication(name, string.IsNullOrEmpty(options.CustomHeaderPrefix) ? options.RawKey : $"{options.CustomHeaderPrefix} {options.RawKey}"),
            _ => throw new HubException($"api_key: auth_scheme is '{options.AuthScheme}'; Bearer, X-API-Key, or Custom with custom_header_name is needed."),
        };
    }

    public static HeaderAuthentication Of(HttpBasicOptions options) =>
        new("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}"))}");

    public ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
        return ValueTask.CompletedTask;
    }
}
