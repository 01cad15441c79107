using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Tools as a run sees them.</summary>
public static class RunTools
{
    /// <summary>A tool whose every call is an effect of the run; a tool that wraps a reasoner becomes a scope.</summary>
    /// <param name="run">The scope that calls.</param>
    /// <param name="tool">Name of one registered tool or reasoner.</param>
    /// <exception cref="UnknownNameException">Nothing has that name, or the name is a group of several.</exception>
    public static AIFunction Tool(this IRun run, ToolRef tool)
    {
        ArgumentNullException.ThrowIfNull(run);
        var found = run.Components().Tools(tool.Name);
        return found.Count == 1
            ? run.Bind(found[0])
            : throw new UnknownNameException("single tool", tool.Name, found.Select(f => f.Name));
    }

    /// <summary>Tools for a list of names; the name of a group stands for all its members.</summary>
    /// <param name="run">The scope that calls.</param>
    /// <param name="tools">Names, in the order in which a prompt lists them.</param>
    /// <exception cref="UnknownNameException">A name is unknown.</exception>
    public static IReadOnlyList<AIFunction> Tools(this IRun run, IEnumerable<ToolRef> tools)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tools);
        var components = run.Components();
        return [.. tools.SelectMany(t => components.Tools(t.Name)).DistinctBy(f => f.Name).Select(run.Bind)];
    }

    /// <summary>Binds any tool to the run.</summary>
    /// <param name="run">The scope that calls.</param>
    /// <param name="tool">The tool; a bound one is bound anew, to this scope.</param>
    public static AIFunction Bind(this IRun run, AIFunction tool)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(tool);
        return tool switch
        {
            RunFunction bound => new RunFunction(run, bound.Tool),
            RunReasonerFunction bound => new RunReasonerFunction(run, bound.Tool),
            _ => tool.GetService<ReasonerFunction>() is { } reasoner
                ? new RunReasonerFunction(run, reasoner)
                : new RunFunction(run, tool),
        };
    }

    /// <summary>Text of a tool's result as a model reads it: strings bare, everything else as compact JSON, nothing as empty text.</summary>
    /// <param name="result">What a bound tool returned.</param>
    public static string ResultText(object? result) => result switch
    {
        null => "",
        string text => text,
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.String } element => element.GetString()!,
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined } => "",
        System.Text.Json.JsonElement element => element.GetRawText(),
        _ => System.Text.Json.JsonSerializer.Serialize(result, HubJson.Options),
    };
}
