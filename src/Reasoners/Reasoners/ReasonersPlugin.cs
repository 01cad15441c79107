using Hub.Abstractions;
using Reasoners.AutoMemory;
using Reasoners.ControlFlow;
using Reasoners.ReAct;
using Reasoners.ReasoningAgent;
using Reasoners.ReWoo;
using Reasoners.Router;
using Reasoners.ToolCalling;

namespace Reasoners;

/// <summary>Brings all reasoners of this project into a hub.</summary>
public sealed class ReasonersPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddReAct().AddReWoo().AddToolCalling().AddControlFlow().AddRouter().AddReasoningAgent().AddAutoMemory();
    }
}
