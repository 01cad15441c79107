namespace Hub.Abstractions;

/// <summary>What a hub was built for; factories of components find it among their services.</summary>
/// <param name="IsEvaluation">Whether its answers are being scored, so that the same question may be answered once for all repetitions.</param>
public sealed record HubPurpose(bool IsEvaluation);
