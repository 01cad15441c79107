using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Remote.Mcp;

/// <summary>Where a server of the Model Context Protocol is: a program to start, or an address.</summary>
public sealed class McpEndpointOptions : IValidatableObject
{
    internal const string Stdio = "stdio";
    internal const string Sse = "sse";
    internal const string Http = "streamable-http";

    /// <summary>How it is spoken to: <c>stdio</c>, <c>streamable-http</c>, or <c>sse</c> of servers before 2025.</summary>
    /// <value>The default is <c>streamable-http</c>.</value>
    public string Transport { get; set; } = Http;

    /// <summary>Its address; for <c>streamable-http</c> and <c>sse</c>. Files often take it from the environment, so that it is missed when it is needed.</summary>
    public string? Url { get; set; }

    /// <summary>The program to start; for <c>stdio</c>.</summary>
    public string? Command { get; set; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Args { get; set; } = [];

    /// <summary>Variables of the program's environment. Of the hub's own it gets those that say where things are (PATH, HOME and the like), and no keys.</summary>
    public IReadOnlyDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();

    /// <summary>Credentials under <c>authentication</c>; for addresses.</summary>
    public AuthenticationRef? AuthProvider { get; set; }

    /// <summary>Further headers of each request; for addresses.</summary>
    public IReadOnlyDictionary<string, string> CustomHeaders { get; set; } = new Dictionary<string, string>();

    /// <summary>Says what is missing.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transport is not (Stdio or Sse or Http))
            yield return new ValidationResult($"'{Transport}' is no transport; {Stdio}, {Http} or {Sse} is needed.", [nameof(Transport)]);
        else if (Transport == Stdio && string.IsNullOrEmpty(Command))
            yield return new ValidationResult("The transport stdio needs a command: the program to start.", [nameof(Command)]);
    }
}
