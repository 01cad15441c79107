namespace Hub.Workflows;

/// <summary>What a caller may say about building a workflow.</summary>
public sealed record WorkflowOptions
{
    /// <summary>Replaces every model of the file: <c>hub-nano</c>, <c>openai:NAME</c>, <c>nim:NAME</c>, the name of one in the file, or a model folder; null to leave them.</summary>
    public string? Llm { get; init; }
}
