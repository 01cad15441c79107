namespace Hub.Abstractions;

/// <summary>A call as <see cref="IToolMiddleware"/> sees it.</summary>
/// <param name="Name">Name of the function as the workflow knows it.</param>
/// <param name="Arguments">Its arguments; an agent's is <c>input_message</c>.</param>
/// <param name="Run">The scope of an agent that is called; null around a tool, whose call is one effect already.</param>
public sealed record ToolInvocation(string Name, IReadOnlyDictionary<string, object?> Arguments, IRun? Run)
{
    /// <summary>Does something outside the call once: around an agent it is logged, and a resume gets the logged result.</summary>
    /// <param name="name">Name of the event.</param>
    /// <param name="work">The work; its result must go through JSON unchanged.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task<T> OnceAsync<T>(string name, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Run is null ? work(cancellationToken) : Run.OnceAsync(name, work);
    }
}
