using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Abstractions;

/// <summary>Something that a memory keeps about a user; field for field the toolkit's <c>MemoryItem</c>.</summary>
public sealed record MemoryItem
{
    /// <summary>Messages, each with <c>role</c> and <c>content</c>; null where only <see cref="Memory"/> is known.</summary>
    [JsonPropertyName("conversation")]
    public IReadOnlyList<MemoryMessage>? Conversation { get; init; }

    /// <summary>Words by which it can be found, e.g. <c>diet</c>.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whatever else is to be kept.</summary>
    [JsonPropertyName("metadata")]
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Whose memory it is.</summary>
    [JsonPropertyName("user_id")]
    public required string UserId { get; init; }

    /// <summary>The memory in words, or null where the conversation is all there is.</summary>
    [JsonPropertyName("memory")]
    public string? Memory { get; init; }

    /// <summary>How well it fits a search, higher is better; null outside searches.</summary>
    [JsonPropertyName("similarity_score")]
    public double? SimilarityScore { get; init; }

    /// <summary>What it says: <see cref="Memory"/>, or the conversation's lines.</summary>
    [JsonIgnore]
    public string Text => Memory ?? string.Join('\n', (Conversation ?? []).Select(m => m.Content));
}
