using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>A token for each user, which they allow in a browser: authorization code with PKCE, renewed while the server gives out refresh tokens.</summary>
/// <remarks>
/// Source: RFC 6749, section 4.1, RFC 7636 and RFC 9700. Tokens are kept in memory, each for its tenant and user, at most <see cref="MaxUsers"/>; they are
/// in no log and in no message. Thread safety: all members.
/// </remarks>
/// <param name="options">Ids and addresses.</param>
/// <param name="http">Speaks to the authorization server; disposed with this.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Shows a person at this machine the address to open, where the hub is not served.</param>
internal sealed class AuthCodeAuthentication(AuthCodeOptions options, HttpClient http, TimeProvider time, Action<string> tell) : IAuthentication, IDisposable
{
    private const int MaxUsers = 10_000;
    private const int RandomBytes = 32;
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Tenant, string User), Seat> _seats = [];

    public async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var who = CallerIdentity.Current ?? throw new HubException("oauth2_auth_code_flow: credentials are a user's, and nobody asks here. They are had when a run of that user needs them.");
        if (who.UserId is null && AuthorizationFlows.Current is not null)
            throw new HubException("oauth2_auth_code_flow: nobody said who the user is. Send the cookie nat-session, a bearer token or an X-API-Key of that user.");
        var seat = SeatOf((who.Tenant, who.UserId ?? ""));
        await seat.One.WaitAsync(cancellationToken);
        try
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(seat, cancellationToken));
        }
        finally
        {
            seat.One.Release();
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<string> TokenAsync(Seat seat, CancellationToken cancellationToken)
    {
        if (seat.Reply is { } known && time.GetUtcNow() < seat.Until)
            return known.Token;
        if (seat.Reply?.Refresh is { } refresh)
        {
            try
            {
                Keep(seat, await AskAsync([new("grant_type", "refresh_token"), new("refresh_token", refresh)], cancellationToken), refresh);
                return seat.Reply.Token;
            }
            catch (HubException)
            {
                seat.Reply = null; // it was taken back, or is too old: the person is asked again
            }
        }

        await AuthorizeAsync(seat, cancellationToken);
        return seat.Reply?.Token ?? throw new HubException("oauth2_auth_code_flow: the authorization brought no token.");
    }

    private async Task AuthorizeAsync(Seat seat, CancellationToken cancellationToken)
    {
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        var url = Address(state, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        if (AuthorizationFlows.Current is { } flows && flows.Serves(options.RedirectUri!))
        {
            await flows.AskAsync(new AuthorizationNeeded(url.AbsoluteUri, state), FinishAsync, cancellationToken);
            return;
        }

        var callback = await LoopbackRedirect.WaitAsync(options.RedirectUri!, url, tell, cancellationToken);
        if (callback.State != state)
            throw new HubException("The browser came back with the state of another authorization. Begin again.");
        await FinishAsync(callback, cancellationToken);

        async Task FinishAsync(AuthorizationCallback brought, CancellationToken stop) => Keep(
            seat,
            await AskAsync(
                [new("grant_type", "authorization_code"), new("code", brought.Code ?? throw new HubException("The browser brought no code.")), new("redirect_uri", options.RedirectUri!.OriginalString), new("code_verifier", verifier)],
                stop),
            null);
    }

    private Uri Address(string state, string challenge)
    {
        var query = new List<KeyValuePair<string, string>>
        {
            new("response_type", "code"), new("client_id", options.ClientId), new("redirect_uri", options.RedirectUri!.OriginalString), new("state", state),
            new("code_challenge", challenge), new("code_challenge_method", "S256"),
        };
        if (options.Scopes.Count > 0)
            query.Add(new("scope", string.Join(' ', options.Scopes)));
        query.AddRange(options.AuthorizationKwargs.Where(k => query.TrueForAll(q => q.Key != k.Key)));
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}"));
        return new UriBuilder(options.AuthorizationUrl!) { Query = options.AuthorizationUrl!.Query.Length > 1 ? $"{options.AuthorizationUrl.Query[1..]}&{text}" : text }.Uri;
    }

    private Task<TokenReply> AskAsync(List<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var method = options.TokenEndpointAuthMethod ?? (options.ClientSecret.Length > 0 ? AuthCodeOptions.Basic : AuthCodeOptions.None);
        if (method != AuthCodeOptions.Basic)
            form.Add(new("client_id", options.ClientId));
        if (method == AuthCodeOptions.Post)
            form.Add(new("client_secret", options.ClientSecret));
        return TokenEndpoint.AskAsync(http, options.TokenUrl!, form, method == AuthCodeOptions.Basic ? TokenEndpoint.Basic(options.ClientId, options.ClientSecret) : null, cancellationToken);
    }

    private void Keep(Seat seat, TokenReply reply, string? refresh) =>
        (seat.Reply, seat.Until) = (reply with { Refresh = reply.Refresh ?? refresh }, time.GetUtcNow().AddSeconds(reply.Seconds) - s_early);

    private Seat SeatOf((string? Tenant, string User) key)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(key, out var seat))
            {
                if (_seats.Count >= MaxUsers)
                    _seats.Remove(_seats.MinBy(s => s.Value.Used).Key);
                _seats[key] = seat = new Seat();
            }

            seat.Used = time.GetTimestamp();
            return seat;
        }
    }

    /// <summary>One user's token.</summary>
    private sealed class Seat
    {
        /// <summary>One asks at a time: two runs of a user do not open two pages.</summary>
        public SemaphoreSlim One { get; } = new(1, 1);

        public TokenReply? Reply { get; set; }

        public DateTimeOffset Until { get; set; }

        public long Used { get; set; }
    }
}
