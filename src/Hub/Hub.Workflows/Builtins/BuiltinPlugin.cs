using Hub.Abstractions;

namespace Hub.Workflows.Builtins;

/// <summary>The tools and reasoners that every hub has.</summary>
public sealed class BuiltinPlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddToolGroup<NoOptions>("calculator", (_, _) => CalculatorGroup.Create())
            .AddTool<NoOptions>("current_datetime", (_, services) => ClockTool.DateTime(services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System))
            .AddTool<NoOptions>("current_timezone", (_, _) => ClockTool.TimeZone())
            .AddReasoner<ChatCompletionOptions>("chat_completion", (o, _) => new ChatCompletionReasoner(o));
    }
}
