using System.Globalization;
using Hub.Abstractions;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Says who asks, and whether they may: by key, by token, or anybody where neither is asked for.</summary>
internal sealed class Callers
{
    private readonly ApiClient[] _clients;
    private readonly KeyCheck _keys;
    private readonly TokenCheck? _tokens;

    /// <exception cref="HubException">Tokens are to be taken and cannot be validated.</exception>
    public Callers(HubServerOptions options)
    {
        _clients = [.. options.ApiKeys.Select(k => new ApiClient { ApiKey = k }).Concat(options.Clients).Concat(options.FrontEnd.Clients).Where(c => c.ApiKey.Length > 0)];
        _keys = new KeyCheck(_clients.Select(c => c.ApiKey));
        _tokens = options.FrontEnd.Jwt is { } jwt ? new TokenCheck(jwt, options.Time) : null;
    }

    /// <summary>Whether everybody must say who they are.</summary>
    public bool AreAsked => _keys.HasKeys || _tokens is not null;

    /// <summary>Who makes a request; null where they may not.</summary>
    public async ValueTask<Caller?> IdentifyAsync(HttpContext http)
    {
        if (!AreAsked)
            return UserIds.Of(http) is { } user ? new Caller(null, user, user) : Caller.Anyone;
        return KeyCheck.Shown(http) is { } shown ? await IdentifyAsync(shown, UserIds.Of(http)) : null;
    }

    /// <summary>Who shows a key or a token; null where it is neither.</summary>
    /// <param name="shown">The key or token.</param>
    /// <param name="user">Who the user says to be.</param>
    public async ValueTask<Caller?> IdentifyAsync(string shown, string? user)
    {
        var found = _keys.Find(shown);
        if (found >= 0)
        {
            var client = _clients[found];
            return new Caller(client.Tenant, client.User ?? user, "key:" + found.ToString(CultureInfo.InvariantCulture), IsVerified: client.User is not null);
        }

        return _tokens is null ? null : await _tokens.CheckAsync(shown);
    }
}
