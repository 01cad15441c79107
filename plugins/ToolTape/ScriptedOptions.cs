using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolTape;

/// <summary>Options of the model <c>scripted_llm</c>.</summary>
public sealed class ScriptedOptions
{
    /// <summary>Its replies: texts, or <c>{call: tool, arguments: {…}}</c> for a call of a tool.</summary>
    [MinLength(1)]
    public IReadOnlyList<JsonElement> Replies { get; set; } = [];

    /// <summary>Keys of the model that it stands for; none has an effect.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Extra { get; set; } = [];
}
