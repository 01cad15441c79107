using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Hub.Abstractions;

namespace Reasoners.AutoMemory;

/// <summary>Options of <see cref="AutoMemoryReasoner"/>; keys and defaults are those of the toolkit's <c>auto_memory_agent</c>.</summary>
public sealed class AutoMemoryOptions : IValidatableObject
{
    /// <summary>The memory. It must be given.</summary>
    [ConfigKey("memory_name")]
    public MemoryRef Memory { get; set; }

    /// <summary>The agent that answers. It must be given.</summary>
    [ConfigKey("inner_agent_name")]
    public ToolRef Inner { get; set; }

    /// <summary>Model of the toolkit's base class; this agent asks none itself. Null for none.</summary>
    [ConfigKey("llm_name")]
    public ModelRef? Llm { get; set; }

    /// <summary>What the agent is good for, for a model that may call it as a tool.</summary>
    public string Description { get; set; } = "Auto Memory Agent Wrapper";

    /// <summary>Whether questions are kept.</summary>
    public bool SaveUserMessagesToMemory { get; set; } = true;

    /// <summary>Whether memories are looked for before every answer.</summary>
    public bool RetrieveMemoryForEveryResponse { get; set; } = true;

    /// <summary>Whether answers are kept.</summary>
    public bool SaveAiMessagesToMemory { get; set; } = true;

    /// <summary>How to search: <c>top_k</c>, 1 to 1,000, counts; what other memories understand beside it is ignored.</summary>
    public IReadOnlyDictionary<string, JsonElement> SearchParams { get; set; } = new Dictionary<string, JsonElement>();

    /// <summary>Accepted, as workflow files write it; no memory of this hub takes parameters when it keeps something.</summary>
    public IReadOnlyDictionary<string, JsonElement> AddParams { get; set; } = new Dictionary<string, JsonElement>();

    /// <summary>How many memories are recalled.</summary>
    internal int TopK => SearchParams.TryGetValue("top_k", out var k) && k.ValueKind == JsonValueKind.Number && k.TryGetInt32(out var n) ? n : 5;

    /// <summary>Says what is wrong, in the words of the workflow file.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Memory.Name))
            yield return new ValidationResult("memory_name is missing; it must name a memory under 'memory'.", [nameof(Memory)]);
        if (string.IsNullOrWhiteSpace(Inner.Name))
            yield return new ValidationResult("inner_agent_name is missing; it must name the agent that answers.", [nameof(Inner)]);
        if (TopK is < 1 or > 1_000 || (SearchParams.TryGetValue("top_k", out var k) && (k.ValueKind != JsonValueKind.Number || !k.TryGetInt32(out _))))
            yield return new ValidationResult("search_params.top_k must be a whole number from 1 to 1000.", [nameof(SearchParams)]);
    }
}
