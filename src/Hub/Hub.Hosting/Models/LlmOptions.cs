using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;

namespace Hub.Hosting.Models;

/// <summary>Options that all model providers share.</summary>
public abstract class LlmOptions
{
    /// <summary>Name of the model at the provider.</summary>
    [ConfigKey("model_name", "model")]
    [Required]
    public virtual string? Model { get; set; }

    /// <summary>Sampling temperature; null for the provider's own.</summary>
    [Range(0.0, 10.0)]
    public float? Temperature { get; set; }

    /// <summary>Nucleus sampling; null for the provider's own.</summary>
    [Range(0.0, 1.0)]
    public float? TopP { get; set; }

    /// <summary>The most tokens of a reply; null for the provider's own limit.</summary>
    [Range(1, 10_000_000)]
    public int? MaxTokens { get; set; }

    /// <summary>Seed of sampling; null for the run's own.</summary>
    public long? Seed { get; set; }

    /// <summary>Keys that the provider knows and Hub does not; they are sent as they are.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Extra { get; set; } = [];
}
