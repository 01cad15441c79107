using Hub.Abstractions;

namespace NoOp;

/// <summary>Registers one component of every kind; none of them does anything.</summary>
public sealed class NoOpPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddModel<NoOpOptions>("noop_model", (options, _) => new NoOpModel(options))
            .AddTool<NoOpOptions>("noop_tool", (_, _) => HubTool.Create((string text) => text, "noop_tool", Redo.Freely, "Gives back what it is given."))
            .AddToolGroup<NoOpOptions>("noop_group", (_, _) =>
            [
                HubTool.Create(() => 0, "zero", Redo.Freely, "Gives nought."),
                HubTool.Create(() => 1, "one", Redo.Freely, "Gives one."),
            ])
            .AddReasoner<NoOpOptions>("noop_reasoner", (options, _) => new NoOpReasoner(options))
            .AddEmbedder<NoOpOptions>("noop_embedder", (_, _) => new NoOpEmbedder())
            .AddMemory<NoOpOptions>("noop_memory", (_, _) => new NoOpMemory())
            .AddObjectStore<NoOpOptions>("noop_object_store", (_, _) => new NoOpObjectStore())
            .AddMiddleware<NoOpOptions>("noop_middleware", (_, _) => new NoOpMiddleware())
            .AddEvaluator<NoOpOptions>("noop_evaluator", (_, _) => new NoOpEvaluator());
    }
}
