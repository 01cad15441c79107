using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Makes tools that say what a resume may do with them.</summary>
public static class HubTool
{
    /// <summary>Key of the declaration in <see cref="AITool.AdditionalProperties"/>.</summary>
    public const string RedoKey = "hub.redo";

    /// <summary>A tool from a method.</summary>
    /// <param name="method">Any delegate; a parameter of type <see cref="ToolCallContext"/> is filled in and hidden from the model.</param>
    /// <param name="name">Name of the tool, or null for the method's own.</param>
    /// <param name="redo">What a resume may do with a call that was in flight at a crash.</param>
    /// <param name="description">What it does, for the model; null for the method's <c>[Description]</c>.</param>
    public static AIFunction Create(Delegate method, string? name = null, Redo redo = Redo.Never, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
        {
            Name = name,
            Description = description,
            SerializerOptions = HubJson.For(method.Method.DeclaringType ?? typeof(object)),
            ExcludeResultSchema = IsContent(method.Method.ReturnType),
            AdditionalProperties = new Dictionary<string, object?> { [RedoKey] = redo },
            ConfigureParameterBinding = static parameter => parameter.ParameterType != typeof(ToolCallContext) ? default : new()
            {
                ExcludeFromSchema = true,
                BindParameter = static (_, arguments) => arguments.Context?.TryGetValue(typeof(ToolCallContext), out var context) == true
                    ? context
                    : throw new InvalidOperationException("This tool needs a run: call it through run.Tool(name), which supplies its ToolCallContext."),
            },
        });
    }

    /// <summary>Whether a method returns pictures, sound or other content rather than data.</summary>
    private static bool IsContent(Type type)
    {
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            type = type.GetGenericArguments()[0];
        return typeof(AIContent).IsAssignableFrom(type) || typeof(IEnumerable<AIContent>).IsAssignableFrom(type);
    }

    /// <summary>What a tool declares; <see cref="Redo.Never"/> where it declares nothing.</summary>
    /// <param name="tool">Any tool. MCP's <c>readOnlyHint</c> counts as <see cref="Redo.Freely"/>.</param>
    public static Redo RedoOf(AITool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        if (tool.AdditionalProperties.TryGetValue(RedoKey, out var declared) && declared is Redo redo)
            return redo;
        return tool.AdditionalProperties.TryGetValue("readOnlyHint", out var hint) && hint is true ? Redo.Freely : Redo.Never;
    }
}
