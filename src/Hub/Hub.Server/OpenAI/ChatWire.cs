using System.Text.Json.Serialization;

namespace Hub.Server.OpenAI;

/// <summary>A whole answer: <c>chat.completion</c>. Keys and their order are the toolkit's and OpenAI's.</summary>
internal sealed record ChatCompletion(string Id, string Object, string Model, long Created, IReadOnlyList<ChatChoice> Choices, WireUsage? Usage)
{
    public string? SystemFingerprint { get; init; }

    public string? ServiceTier { get; init; }
}

/// <summary>One of the answers.</summary>
internal sealed record ChatChoice(string FinishReason, int Index, AssistantMessage Message)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatLogprobs? Logprobs { get; init; }
}

/// <summary>What the assistant said.</summary>
internal sealed record AssistantMessage(string? Content, string Role)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireToolCall>? ToolCalls { get; init; }
}

/// <summary>A call that the caller is asked to make.</summary>
internal sealed record WireToolCall(string Id, string Type, WireFunctionCall Function)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Index { get; init; }
}

/// <summary>Name and arguments, the latter as JSON text.</summary>
internal sealed record WireFunctionCall(string Name, string Arguments);

/// <summary>A part of an answer: <c>chat.completion.chunk</c>.</summary>
internal sealed record ChatChunk(string Id, IReadOnlyList<ChunkChoice> Choices, long Created, string Model)
{
    public string Object { get; init; } = "chat.completion.chunk";

    public string? SystemFingerprint { get; init; }

    public string? ServiceTier { get; init; }

    public WireUsage? Usage { get; init; }
}

/// <summary>A part of one of the answers.</summary>
internal sealed record ChunkChoice(string? FinishReason, int Index, ChunkDelta Delta)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChatLogprobs? Logprobs { get; init; }
}

/// <summary>What is new.</summary>
internal sealed record ChunkDelta(string? Content, string? Role, IReadOnlyList<WireToolCall>? ToolCalls);

/// <summary>Tokens read and written, as models counted them.</summary>
internal sealed record WireUsage(long PromptTokens, long CompletionTokens, long TotalTokens)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PromptTokenDetails? PromptTokensDetails { get; init; }
}

/// <summary>Tokens that were read from a cache.</summary>
internal sealed record PromptTokenDetails(long CachedTokens);

/// <summary>Log-probabilities of an answer's tokens.</summary>
internal sealed record ChatLogprobs(IReadOnlyList<TokenLogprobEntry> Content);

/// <summary>One token, its log-probability (natural), and the likeliest tokens at its place.</summary>
internal sealed record TokenLogprobEntry(
    string Token, double Logprob, IReadOnlyList<int> Bytes, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TokenLogprobEntry>? TopLogprobs);

/// <summary>OpenAI's form of an error.</summary>
internal sealed record ErrorAnswer(ErrorBody Error);

/// <summary>What went wrong.</summary>
internal sealed record ErrorBody(string Message, string Type, string? Param, string? Code);

/// <summary>A list of models.</summary>
internal sealed record ModelList(string Object, IReadOnlyList<ModelEntry> Data);

/// <summary>One model.</summary>
internal sealed record ModelEntry(string Id, string Object, long Created, string OwnedBy);
