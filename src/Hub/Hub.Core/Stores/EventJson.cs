using System.Text.Json;
using Hub.Abstractions;
using static Hub.Abstractions.JsonFields;

namespace Hub.Core;

/// <summary>Writes events field by field: the bytes that the serializer would write, at a fraction of its cost, four times a step.</summary>
internal static class EventJson
{
    private static readonly JsonEncodedText[] s_kinds = Names<RunEventKind>();
    private static readonly JsonEncodedText[] s_redos = Names<Redo>();
    private static readonly JsonEncodedText[] s_statuses = Names<RunStatus>();

    /// <summary>Stored form of an event at a place in its log.</summary>
    public static byte[] Encode(RunEvent entry, long sequence) => JsonBytes.Of((entry, sequence), static (json, e) => Write(json, e.entry, e.sequence));

    private static void Write(Utf8JsonWriter json, RunEvent entry, long sequence)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence"u8, sequence);
        json.WriteString("kind"u8, s_kinds[(int)entry.Kind]);
        json.WriteString("id"u8, entry.Id);
        json.WriteString("parent_id"u8, entry.ParentId);
        WriteFunction(json, entry.Function);
        json.WriteString("name"u8, entry.Name);
        json.WriteString("time"u8, entry.Time);
        if (entry.StartTime is { } start)
            json.WriteString("start_time"u8, start);
        WriteIf(json, "input"u8, entry.Input);
        WriteIf(json, "output"u8, entry.Output);
        if (entry.Failure is { } failure)
        {
            json.WriteStartObject("failure"u8);
            json.WriteString("type"u8, failure.Type);
            json.WriteString("message"u8, failure.Message);
            json.WriteEndObject();
        }

        if (entry.Usage is { } usage)
            WriteUsage(json, usage);
        if (entry.Redo is { } redo)
            json.WriteString("redo"u8, s_redos[(int)redo]);
        if (entry.Status is { } status)
            json.WriteString("status"u8, s_statuses[(int)status]);
        if (entry.Tags is { } tags)
            WriteTags(json, tags);
        json.WriteEndObject();
    }

    private static void WriteFunction(Utf8JsonWriter json, FunctionAncestry function)
    {
        json.WriteStartObject("function"u8);
        json.WriteString("function_id"u8, function.FunctionId);
        json.WriteString("function_name"u8, function.FunctionName);
        WriteIf(json, "parent_id"u8, function.ParentId);
        WriteIf(json, "parent_name"u8, function.ParentName);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, RunUsage usage)
    {
        json.WriteStartObject("usage"u8);
        WriteIf(json, "prompt_tokens"u8, usage.PromptTokens);
        WriteIf(json, "completion_tokens"u8, usage.CompletionTokens);
        WriteIf(json, "cached_tokens"u8, usage.CachedTokens);
        WriteIf(json, "reasoning_tokens"u8, usage.ReasoningTokens);
        WriteIf(json, "total_tokens"u8, usage.TotalTokens);
        json.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string> tags)
    {
        json.WriteStartObject("tags"u8);
        foreach (var (name, value) in tags)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    /// <summary>Names of an enum's values as the serializer writes them, by value.</summary>
    private static JsonEncodedText[] Names<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Select(v => JsonEncodedText.Encode(JsonSerializer.Serialize(v, HubJson.Options).Trim('"')))];
}
