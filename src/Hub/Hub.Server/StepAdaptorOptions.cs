namespace Hub.Server;

/// <summary>Which steps a stream shows.</summary>
public sealed class StepAdaptorOptions
{
    /// <summary><c>default</c>: models, tools and functions; <c>custom</c>: those listed; <c>off</c>: none.</summary>
    public string Mode { get; set; } = "default";

    /// <summary>Event types that <c>custom</c> shows, such as <c>TOOL_END</c>.</summary>
    public IReadOnlyList<string> CustomEventTypes { get; set; } = [];
}
