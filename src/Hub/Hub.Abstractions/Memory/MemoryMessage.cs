using System.Text.Json.Serialization;

namespace Hub.Abstractions;

/// <summary>One message of a remembered conversation.</summary>
/// <param name="Role">Who said it: <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">What was said.</param>
public sealed record MemoryMessage([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);
