namespace Hub.Server;

/// <summary>The routes of one function; null for a route that is not wanted.</summary>
public sealed class ServedEndpoint
{
    /// <summary>Function to call; null for the workflow.</summary>
    public string? FunctionName { get; set; }

    /// <summary><c>GET</c> (no body), <c>POST</c>, <c>PUT</c> or <c>DELETE</c>.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>What it is good for.</summary>
    public string Description { get; set; } = "";

    /// <summary>Path of the function's own input and output; <c>/stream</c>, <c>/full</c> and <c>/async</c> follow from it.</summary>
    public string? Path { get; set; }

    /// <summary>The same under its name without a version.</summary>
    public string? LegacyPath { get; set; }

    /// <summary>Path of chat requests; <c>/stream</c> follows from it.</summary>
    public string? OpenaiApiPath { get; set; }

    /// <summary>The same under its name without a version.</summary>
    public string? LegacyOpenaiApiPath { get; set; }

    /// <summary>Path of chat completions, streamed or not as the body says.</summary>
    public string? OpenaiApiV1Path { get; set; }

    /// <summary>Path of web sockets.</summary>
    public string? WebsocketPath { get; set; }
}
