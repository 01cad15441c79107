namespace Hub.Abstractions;

/// <summary>A hub: reasoners by name, and the runs that they made.</summary>
/// <remarks>Thread safety: all members may be used from any thread at once.</remarks>
public interface IHub : IAsyncDisposable
{
    /// <summary>Name of the reasoner that answers where none is named: the workflow of the file.</summary>
    string DefaultReasoner { get; }

    /// <summary>Names of all reasoners.</summary>
    IReadOnlyList<string> Reasoners { get; }

    /// <summary>Everything that a run can begin with: reasoners, tools and models.</summary>
    /// <remarks>The first call may make components whose descriptions are not in the file.</remarks>
    IReadOnlyList<HubFunction> Functions { get; }

    /// <summary>Lends the hub's components to work that is no run: it asks nothing, so that nothing is logged.</summary>
    /// <param name="work">The work; the components are held for it until it ends.</param>
    /// <exception cref="NotSupportedException">This hub lends none.</exception>
    Task<T> WithComponentsAsync<T>(Func<IHubComponents, Task<T>> work) => throw new NotSupportedException($"A {GetType().Name} lends no components.");

    /// <summary>The runs, past and present.</summary>
    IRunStore Runs { get; }

    /// <summary>Begins a run. It goes on whether anybody watches or not.</summary>
    /// <param name="reasoner">Name of a reasoner, a tool, or a model as <c>model/NAME</c>; <see cref="DefaultReasoner"/> for the workflow.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="options">Conversation, user, budget; null for none.</param>
    /// <exception cref="UnknownNameException">There is no such reasoner.</exception>
    IRunHandle Start(string reasoner, ReasonerRequest request, RunOptions? options = null);

    /// <summary>Goes on with a run that was interrupted or suspended.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="options">Answers and decisions; null for none.</param>
    /// <param name="cancellationToken">Cancels the opening, not the run.</param>
    /// <exception cref="UnknownNameException">There is no such run.</exception>
    /// <exception cref="RunLeaseException">Somebody else is writing it.</exception>
    /// <exception cref="RunLogException">The log is damaged or of another format.</exception>
    Task<IRunHandle> ResumeAsync(string runId, ResumeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Stores what is asked and begins nothing: <see cref="ResumeAsync"/> begins it, in this process or a later one.</summary>
    /// <param name="reasoner">Name of a reasoner, a tool, or a model as <c>model/NAME</c>.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="options">Conversation, user, budget; null for none.</param>
    /// <returns>The run's id; the run is durable, and interrupted.</returns>
    /// <exception cref="UnknownNameException">There is no such reasoner.</exception>
    string Accept(string reasoner, ReasonerRequest request, RunOptions? options = null);

    /// <summary>Tells an observer of what all runs log from now on.</summary>
    /// <param name="observer">The observer.</param>
    /// <returns>Disposed, it ends that.</returns>
    IDisposable Observe(IRunObserver observer);

    /// <summary>Uses models, stores and the like outside of any run; plugins that they come from stay loaded meanwhile.</summary>
    /// <param name="use">What is done with them; they may not be kept.</param>
    Task<T> UseAsync<T>(Func<IHubComponents, Task<T>> use);
}
