namespace Hub.Abstractions;

/// <summary>Kinds of things that a run can begin with.</summary>
public enum HubFunctionKind
{
    /// <summary>An agent, or another reasoner: a question in words.</summary>
    Reasoner,

    /// <summary>A tool: a JSON object of arguments.</summary>
    Tool,

    /// <summary>A model by itself: a conversation.</summary>
    Model,
}
