using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Nano.Tasks;

/// <summary>A tool of a task: what the model reads of it, and what it does.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="ToolName">Its name.</param>
/// <param name="Text">Its description.</param>
/// <param name="Schema">JSON schema of its arguments, compact.</param>
/// <param name="Arguments">Argument names; one named <c>numbers</c> takes an array.</param>
public sealed record NanoTool(Operation Operation, string ToolName, string Text, string Schema, IReadOnlyList<string> Arguments)
{
    /// <summary>True where the numbers come as one array.</summary>
    public bool TakesArray => Arguments.Count == 1 && Operation is Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Divide or Operation.Compare;

    /// <summary>The tool as prompts print it.</summary>
    public AIFunctionDeclaration Declaration => AIFunctionFactory.CreateDeclaration(ToolName, Text, JsonElement.Parse(Schema));

    /// <summary>Arguments as the model writes them.</summary>
    /// <param name="values">Operands in order, each as JSON.</param>
    public string ArgumentsJson(IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Arguments.Count == 0)
            return "{}";
        return TakesArray
            ? $$"""{"{{Arguments[0]}}":[{{string.Join(',', values)}}]}"""
            : "{" + string.Join(',', Arguments.Zip(values, (name, value) => $"\"{name}\":{value}")) + "}";
    }
}
