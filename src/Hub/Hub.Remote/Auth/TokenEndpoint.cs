using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>Asks an authorization server for a token. Source: RFC 6749, sections 2.3, 4 and 5.</summary>
internal static class TokenEndpoint
{
    private const int DefaultSeconds = 3600;

    /// <summary>A name and a secret as a header.</summary>
    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}")));

    /// <summary>Asks for a token.</summary>
    /// <param name="http">Speaks to the server.</param>
    /// <param name="url">Where tokens are given out.</param>
    /// <param name="form">What is asked.</param>
    /// <param name="credentials">Who asks; null where the form says it.</param>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="HubException">There is no token; no secret is in the message.</exception>
    public static async Task<TokenReply> AskAsync(
        HttpClient http, Uri url, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? credentials, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Authorization = credentials;
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw new HubException($"{url.Host} gave no token: status {(int)response.StatusCode}. Check the client's id, secret and scopes.");
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("access_token", out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text
                ? new TokenReply(
                    text, body.TryGetProperty("refresh_token", out var refresh) && refresh.ValueKind == JsonValueKind.String ? refresh.GetString() : null,
                    body.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var whole) ? whole : DefaultSeconds)
                : throw new HubException($"{url.Host} answered without an access_token.");
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException)
        {
            throw new HubException($"There is no token from {url.Host}: {failed.Message}", failed);
        }
    }
}

/// <summary>What an authorization server gave out, and for how long.</summary>
/// <param name="Token">The token.</param>
/// <param name="Refresh">What another is given out for; null for nothing.</param>
/// <param name="Seconds">How long it is good for.</param>
internal sealed record TokenReply(string Token, string? Refresh, int Seconds)
{
    /// <summary>Nothing of the token: records print what they hold.</summary>
    public override string ToString() => nameof(TokenReply);
}
