using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace McpConformance;

/// <summary>A tool whose input schema has keywords of JSON Schema 2020-12.</summary>
internal sealed class SchemaTool : AIFunction
{
    private static readonly JsonElement s_schema = JsonElement.Parse("""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {"address": {"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
          "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"}},
          "additionalProperties": false
        }
        """);

    public override string Name => "json_schema_2020_12_tool";

    public override string Description => "Tool with JSON Schema 2020-12 features";

    public override JsonElement JsonSchema => s_schema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = new Dictionary<string, object?> { [HubTool.RedoKey] = Redo.Freely };

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.FromResult<object?>($"{string.Join(", ", arguments.Keys)} were given.");
}
