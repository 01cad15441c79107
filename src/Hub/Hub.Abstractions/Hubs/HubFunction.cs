using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>Something that a run of a hub can begin with.</summary>
/// <param name="Name">What <see cref="IHub.Start"/> takes; a model's is <c>model/NAME</c>.</param>
/// <param name="Kind">Reasoner, tool or model.</param>
/// <param name="Description">What it is good for; of a model, the provider's name for it. Empty where nobody said.</param>
/// <param name="InputSchema">JSON schema of its arguments.</param>
public sealed record HubFunction(string Name, HubFunctionKind Kind, string Description, JsonElement InputSchema)
{
    /// <summary>What the name of a model begins with.</summary>
    public const string ModelPrefix = "model/";
}
