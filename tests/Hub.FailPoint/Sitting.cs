using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;

namespace Hub.FailPoint;

/// <summary>One process's part in a run: a hub over the run log in a folder.</summary>
/// <param name="Script">Name of a script.</param>
/// <param name="Folder">Where the run log and the journals are.</param>
/// <param name="Point">The fail-point, or null.</param>
/// <param name="Delay">How long the model thinks.</param>
internal sealed record Sitting(string Script, string Folder, Core.FailPoint? Point = null, TimeSpan Delay = default) : IHubComponents
{
    private readonly (IReasoner Reasoner, Func<IReadOnlyList<ChatMessage>, ChatMessage> Model) _script = Scripts.Of(Script);
    private readonly IReadOnlyList<AIFunction> _tools = new World(Folder, Point).Tools();

    /// <summary>Begins the run, or goes on with the one that is in the folder; a run whose question was never stored is begun anew.</summary>
    /// <param name="resume">Decisions, for a run that is there.</param>
    public async Task<RunResult> GoOnAsync(ResumeOptions? resume = null)
    {
        await using var hub = new ReasoningHub(new HubOptions
        {
            Components = new FixedComponents(this, [Script]),
            Store = new SqliteRunStore(new() { Path = Path.Combine(Folder, "runs.sqlite") }),
            FailPoint = Point,
        });
        var there = hub.Runs.List(limit: 1).SingleOrDefault(r => r.Events > 0);
        var handle = there is null
            ? hub.Start(Script, ReasonerRequest.From("Do three things, please."), new RunOptions { Seed = 1 })
            : await hub.ResumeAsync(there.Header.RunId, resume);
        return await handle.Completion;
    }

    public IChatClient Model(string name) => new Model(_script.Model, Delay);

    public IReadOnlyList<AIFunction> Tools(string name) => [.. _tools.Where(t => t.Name == name)];

    public IReasoner Reasoner(string name) => _script.Reasoner;
}
