using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>One entry of a run's log: the toolkit's intermediate step, with payloads by hash.</summary>
/// <remarks>
/// A start and its end share <see cref="Id"/>. Events are small: text lives in payloads that are stored once under
/// their SHA-256 and can be erased without breaking the chain, which covers hashes only.
/// </remarks>
public sealed record RunEvent
{
    /// <summary>Place in the log, from 0; -1 for parts that are streamed and never stored.</summary>
    public long Sequence { get; init; } = -1;

    /// <summary>What happened.</summary>
    public required RunEventKind Kind { get; init; }

    /// <summary>Path of the effect or scope: the scope's path and an ordinal there, e.g. <c>2/0</c> or <c>3[1]/0</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Path of the scope in which it happened; <c>root</c> at the top.</summary>
    public required string ParentId { get; init; }

    /// <summary>Innermost named function and its caller.</summary>
    public required FunctionAncestry Function { get; init; }

    /// <summary>Name of the model, tool or function.</summary>
    public required string Name { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>On an end: when its start happened.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>SHA-256 of the request's logged form, on a start; of the input, on the run's start.</summary>
    public string? Input { get; init; }

    /// <summary>SHA-256 of the result's logged form, on an end that succeeded.</summary>
    public string? Output { get; init; }

    /// <summary>How the effect failed, on an end.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Tokens used, on an end of a model call.</summary>
    public RunUsage? Usage { get; init; }

    /// <summary>On a start: what a resume may do if the effect was in flight at a crash.</summary>
    public Redo? Redo { get; init; }

    /// <summary>On the run's end: why it ended.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Further facts by name (the winner of a race, a candidate's score).</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Text of a streamed part; null on stored events.</summary>
    [JsonIgnore]
    public string? Chunk { get; init; }

    /// <summary>The streamed part itself, with what is known of it beside its text; null on stored events.</summary>
    [JsonIgnore]
    public ChatResponseUpdate? Update { get; init; }

    /// <summary>Whether it is a streamed part of the answer: what a reasoner hands out, or the words of a model that is the whole run.</summary>
    [JsonIgnore]
    public bool IsAnswerPart => Kind == RunEventKind.AnswerChunk
        || (Kind == RunEventKind.LlmNewToken && Function.FunctionName.StartsWith(HubFunction.ModelPrefix, StringComparison.Ordinal));

    /// <summary>One line for people, made from the payload when the event is read; <c>(erased)</c> where the payload is gone.</summary>
    [JsonIgnore]
    public string Summary { get; init; } = "";

    /// <summary>Hash of this event and of everything before it, lower-case hexadecimal; empty on streamed parts.</summary>
    [JsonIgnore]
    public string ChainHash
    {
        get => Link?.Hash ?? "";
        init => Link = value is { Length: > 0 } ? new ChainLink(value) : null;
    }

    /// <summary>The same, made when it is asked for.</summary>
    [JsonIgnore]
    internal ChainLink? Link { get; init; }
}
