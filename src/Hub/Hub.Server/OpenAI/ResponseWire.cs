using System.Text.Json;

namespace Hub.Server.OpenAI;

/// <summary>A response: <c>response</c>. What the request said of it comes back with it.</summary>
internal sealed record ResponseObject(string Id, string Object, long CreatedAt, string Status, string Model, IReadOnlyList<ResponseItem> Output)
{
    public ErrorOfResponse? Error { get; init; }

    public IncompleteDetails? IncompleteDetails { get; init; }

    public string? Instructions { get; init; }

    public string? PreviousResponseId { get; init; }

    public ConversationReference? Conversation { get; init; }

    public bool Background { get; init; }

    public bool Store { get; init; }

    public bool ParallelToolCalls { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public int? MaxOutputTokens { get; init; }

    public JsonElement? Text { get; init; }

    public JsonElement ToolChoice { get; init; }

    public JsonElement Tools { get; init; }

    public JsonElement Metadata { get; init; }

    public string? User { get; init; }

    public ResponseUsage? Usage { get; init; }
}

/// <summary>Why a response failed.</summary>
internal sealed record ErrorOfResponse(string Code, string Message);

/// <summary>Why a response ended early.</summary>
internal sealed record IncompleteDetails(string Reason);

/// <summary>The conversation that a response belongs to.</summary>
internal sealed record ConversationReference(string Id);

/// <summary>Tokens read and written.</summary>
internal sealed record ResponseUsage(long InputTokens, CachedTokens InputTokensDetails, long OutputTokens, ReasoningTokens OutputTokensDetails, long TotalTokens);

/// <summary>Tokens that were read from a cache.</summary>
internal sealed record CachedTokens(long Value)
{
    [System.Text.Json.Serialization.JsonPropertyName("cached_tokens")]
    public long Value { get; init; } = Value;
}

/// <summary>Tokens written as hidden reasoning.</summary>
internal sealed record ReasoningTokens(long Value)
{
    [System.Text.Json.Serialization.JsonPropertyName("reasoning_tokens")]
    public long Value { get; init; } = Value;
}

/// <summary>A list with the ids of its ends.</summary>
internal sealed record ItemList(string Object, IReadOnlyList<ResponseItem> Data, string? FirstId, string? LastId, bool HasMore);

/// <summary>Something that was deleted.</summary>
internal sealed record Deleted(string Id, string Object, bool IsDeleted)
{
    [System.Text.Json.Serialization.JsonPropertyName("deleted")]
    public bool IsDeleted { get; init; } = IsDeleted;
}
