using System.ComponentModel.DataAnnotations;
using Hub.Abstractions;

namespace Knowledge.Memory;

/// <summary>Options of <c>_type: hub_graph</c>: a graph memory for each tenant and user.</summary>
public sealed class HubGraphOptions : IValidatableObject
{
    /// <summary>Folder of the memories; null keeps them for as long as the hub lives.</summary>
    public string? Path { get; set; }

    /// <summary>A Turtle file that declares properties and their words; null for none, with which texts are kept and no facts are found in them.</summary>
    public string? Schema { get; set; }

    /// <summary>Model that finds facts in texts; null for the rules of the schema's words.</summary>
    [ConfigKey("llm_name")]
    public ModelRef? Llm { get; set; }

    /// <summary>Embedder by which texts are found too; null to do without.</summary>
    [ConfigKey("embedder")]
    public EmbedderRef? Embedder { get; set; }

    /// <summary>How many memories stay open when nobody uses them, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MaxOpen { get; set; } = 64;

    /// <summary>Says what is wrong.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Llm is not null && Schema is null)
            yield return new ValidationResult("llm_name is given without schema; the model needs to know which properties there are. Name a Turtle file as schema.", [nameof(Schema)]);
    }
}
