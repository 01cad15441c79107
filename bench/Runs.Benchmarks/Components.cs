using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Runs.Benchmarks;

/// <summary>One model, one tool, one reasoner.</summary>
internal sealed class Components(IChatClient model, AIFunction tool, IReasoner reasoner) : IHubComponents
{
    public IChatClient Model(string name) => model;

    public IReadOnlyList<AIFunction> Tools(string name) => [tool];

    public IReasoner Reasoner(string name) => reasoner;
}
