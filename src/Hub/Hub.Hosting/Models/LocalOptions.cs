using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Hub.Hosting.Models;

/// <summary>Options of <c>hub_local</c>: a model that runs in this process.</summary>
public sealed class LocalOptions
{
    /// <summary><c>hub-nano</c>, or a folder with config.json, model.safetensors and tokenizer.json.</summary>
    /// <value>The default is <c>hub-nano</c>.</value>
    [ConfigKey("model", "model_name")]
    public string Model { get; set; } = NanoModel.Name;

    /// <summary>Sampling temperature; 0 takes the likeliest token.</summary>
    /// <value>The default is 0.</value>
    [Range(0.0, 10.0)]
    public float Temperature { get; set; }

    /// <summary>Nucleus sampling.</summary>
    [Range(0.0, 1.0)]
    public float? TopP { get; set; }

    /// <summary>The most tokens of a reply.</summary>
    /// <value>The default is 256.</value>
    [Range(1, 100_000)]
    public int MaxTokens { get; set; } = 256;

    /// <summary>Seed of sampling; null for the run's own.</summary>
    public long? Seed { get; set; }
}
