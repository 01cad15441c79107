using System.Security.Claims;

namespace Hub.Server.Http;

/// <summary>The caller as the user of a request: what libraries that serve requests hand on, and by which they tell one session's owner from another.</summary>
/// <remarks>The Model Context Protocol's SDK passes it to its handlers and refuses a session to whoever did not begin it.</remarks>
internal sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal(IdentityOf(caller))
{
    private const string Scheme = "hub";

    private static readonly CallerPrincipal s_anyone = new(Caller.Anyone);

    /// <summary>Who asks.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>The principal of a caller; whom nobody asked for a key is always the same one.</summary>
    public static CallerPrincipal Of(Caller caller) => ReferenceEquals(caller, Caller.Anyone) ? s_anyone : new CallerPrincipal(caller);

    /// <summary>Somebody without a name is not authenticated, and has no claim.</summary>
    private static ClaimsIdentity IdentityOf(Caller caller) => caller.Name.Length == 0
        ? new ClaimsIdentity()
        : new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Name)], Scheme);
}
