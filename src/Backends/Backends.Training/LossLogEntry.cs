using System.Text.Json.Serialization;

namespace Backends.Training;

/// <summary>One line of a loss log.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Tokens">Real tokens seen.</param>
/// <param name="Loss">Mean loss since the line before, in nats a counted token.</param>
/// <param name="Accuracy">Share of counted tokens guessed right since the line before.</param>
/// <param name="Rate">Learning rate of the last step.</param>
/// <param name="Norm">Gradient norm of the last step before clipping.</param>
/// <param name="Seconds">Time spent over all processes.</param>
public sealed record LossLogEntry(
    [property: JsonPropertyName("step")] long Step,
    [property: JsonPropertyName("tokens")] long Tokens,
    [property: JsonPropertyName("loss")] double Loss,
    [property: JsonPropertyName("accuracy")] double Accuracy,
    [property: JsonPropertyName("rate")] double Rate,
    [property: JsonPropertyName("norm")] double Norm,
    [property: JsonPropertyName("seconds")] double Seconds);
