namespace Hub.Server.Telemetry;

/// <summary>What somebody thinks of an answer.</summary>
/// <param name="Reaction">A sign, such as a thumb; null for none.</param>
/// <param name="Comment">Words; null for none.</param>
internal sealed record Feedback(string? Reaction, string? Comment);
