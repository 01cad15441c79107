using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolTape;

/// <summary>Options of a type on the tape: whatever the real one takes.</summary>
public sealed class TapeOptions
{
    /// <summary>All keys that a file writes; none has an effect.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Extra { get; set; } = [];
}
