namespace Hub.Abstractions;

/// <summary>What an object store keeps under a key.</summary>
/// <param name="Data">The bytes.</param>
/// <param name="ContentType">Media type, or null.</param>
/// <param name="Metadata">Further facts by name; null for none.</param>
public sealed record StoredObject(ReadOnlyMemory<byte> Data, string? ContentType = null, IReadOnlyDictionary<string, string>? Metadata = null);
