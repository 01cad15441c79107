using Hub.Abstractions;
using Hub.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Hosting;

/// <summary>A workflow's components and the services that made them, disposed together.</summary>
internal sealed class HostedComponents(WorkflowComponents components, ServiceProvider services) : IHubComponents, IDisposable
{
    public IChatClient Model(string name) => components.Model(name);

    public IReadOnlyList<AIFunction> Tools(string name) => components.Tools(name);

    public IReasoner Reasoner(string name) => components.Reasoner(name);

    public void Dispose()
    {
        components.Dispose();
        services.Dispose();
    }
}
