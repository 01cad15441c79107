namespace Backends.Serving.Constraints;

/// <summary>Where in a reply the mask is.</summary>
internal enum MaskMode
{
    /// <summary>Text without constraint; the tail is watched for the start of an action or of a plan's tool.</summary>
    Free,

    /// <summary>After <c>Action:</c>.</summary>
    ActionName,

    /// <summary>After <c>Action Input:</c>, before the input's first character.</summary>
    ActionInput,

    /// <summary>After <c>"tool":</c>, before the quote.</summary>
    PlanToolQuote,

    /// <summary>Inside the string after <c>"tool":</c>.</summary>
    PlanToolName,

    /// <summary>After <c>"tool_input":</c>, before the input's first character.</summary>
    PlanInput,

    /// <summary>After the call token.</summary>
    CallName,

    /// <summary>After <c>{</c>: a key or the end.</summary>
    FirstKey,

    /// <summary>After a comma: a key.</summary>
    NextKey,

    /// <summary>Inside a key.</summary>
    Key,

    /// <summary>After a key, before its colon.</summary>
    Colon,

    /// <summary>Inside a value, at any depth.</summary>
    Value,

    /// <summary>A native call is complete: only a control token can follow.</summary>
    CallEnd,
}
