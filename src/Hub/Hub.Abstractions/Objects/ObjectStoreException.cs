namespace Hub.Abstractions;

/// <summary>A key of an object store exists and should not, or does not and should.</summary>
/// <param name="message">What was found and what to do.</param>
public sealed class ObjectStoreException(string message) : HubException(message);
