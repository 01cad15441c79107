using Hub.Abstractions;

namespace Reasoners.Symbolic;

/// <summary>Brings the reasoners of this project into a hub.</summary>
public sealed class SymbolicPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddReasoner<RdfReasonerOptions>("rdf_reasoner", static (options, _) => new RdfReasoner(options));
    }
}
