namespace Hub.Abstractions;

/// <summary>What a model's tokens cost.</summary>
/// <param name="PerMillionInput">Price of a million prompt tokens.</param>
/// <param name="PerMillionOutput">Price of a million completion tokens.</param>
public sealed record ModelPrice(decimal PerMillionInput, decimal PerMillionOutput);
