namespace Hub.Abstractions;

/// <summary>Stands around calls of functions: looks at what goes in and comes out, changes it, answers in its place, or refuses.</summary>
/// <remarks>
/// The members of a <c>middleware:</c> list stand around each other, the first outermost. Around a tool they are part of the tool's effect: logged once,
/// not run again on resume. Around an agent they run again when the agent's scope is entered again, and learn from outside the call through
/// <see cref="ToolInvocation.OnceAsync"/> alone. Thread safety: one instance serves calls of any number of runs at once.
/// </remarks>
public interface IToolMiddleware
{
    /// <summary>Handles one call.</summary>
    /// <param name="call">What is called, and with what.</param>
    /// <param name="next">The rest of the chain; not calling it leaves the function uncalled.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the caller gets.</returns>
    /// <exception cref="HubException">The call is refused.</exception>
    Task<object?> InvokeAsync(ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> next, CancellationToken cancellationToken);
}
