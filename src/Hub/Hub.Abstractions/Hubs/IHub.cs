using Microsoft.Extensions.AI;

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

    /// <summary>Names of the embedders; empty where the host has none.</summary>
    IReadOnlyList<string> Embedders => [];

    /// <summary>The runs, past and present.</summary>
    IRunStore Runs { get; }

    /// <summary>An embedder of the hub, for callers outside a run; it stays the hub's.</summary>
    /// <param name="name">One of <see cref="Embedders"/>.</param>
    /// <exception cref="UnknownNameException">There is no such embedder.</exception>
    IEmbeddingGenerator<string, Embedding<float>> Embedder(string name) => throw new UnknownNameException("embedder", name, Embedders);

    /// <summary>Names of the memories that a person can look at as graphs; empty where the host has none.</summary>
    IReadOnlyList<string> MemoryGraphs => [];

    /// <summary>A memory of the hub that is a graph, for callers outside a run; it stays the hub's.</summary>
    /// <param name="name">One of <see cref="MemoryGraphs"/>.</param>
    /// <exception cref="UnknownNameException">There is no such memory.</exception>
    IMemoryGraph MemoryGraph(string name) => throw new UnknownNameException("memory", name, MemoryGraphs);

    /// <summary>Adds tools while the hub lives, in place of what the name stood for: runs that begin from now on have them, runs under way do not.</summary>
    /// <param name="group">Name that stands for all of them; each is also known by its own.</param>
    /// <param name="tools">The tools; none takes the added ones away again.</param>
    /// <remarks>
    /// An agent finds them where its list of tools names the group. A group that is to come later is declared empty: <c>AddToolGroup(name)</c> in
    /// code, <c>_type: added_tools</c> under <c>function_groups</c> in a file. A resumed run needs them added again.
    /// </remarks>
    void AddTools(string group, IReadOnlyList<AIFunction> tools);

    /// <summary>Begins a run. It goes on whether anybody watches or not.</summary>
    /// <param name="reasoner">Name of a reasoner, a tool, or a model as <c>model/NAME</c>; <see cref="DefaultReasoner"/> for the workflow.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="options">Conversation, user, budget; null for none.</param>
    /// <exception cref="UnknownNameException">There is no such reasoner.</exception>
    IRunHandle Start(string reasoner, ReasonerRequest request, RunOptions? options = null);

    /// <summary>Runs to the end. The run begins on the caller's thread and leaves it where it first has to wait: short runs need no other.</summary>
    /// <param name="reasoner">Name of a reasoner, a tool, or a model as <c>model/NAME</c>; <see cref="DefaultReasoner"/> for the workflow.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="options">Conversation, user, budget; null for none.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>How the run ended, whatever way it did.</returns>
    /// <exception cref="UnknownNameException">There is no such reasoner.</exception>
    async Task<RunResult> RunAsync(string reasoner, ReasonerRequest request, RunOptions? options = null, CancellationToken cancellationToken = default)
    {
        var handle = Start(reasoner, request, options);
        await using var registration = cancellationToken.Register(handle.Cancel);
        return await handle.Completion;
    }

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
