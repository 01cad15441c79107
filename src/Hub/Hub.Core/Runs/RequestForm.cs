using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using static Hub.Abstractions.JsonFields;

namespace Hub.Core;

/// <summary>Logged form of a request: its messages by hash, its options, declarations of the caller's tools.</summary>
/// <param name="Messages">Hashes, oldest first.</param>
/// <param name="Options">The options, or null.</param>
/// <param name="Tools">Tools that the caller offers, or null.</param>
internal sealed record RequestForm(
    IReadOnlyList<string> Messages, ChatOptions? Options, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ToolForm>? Tools = null)
{
    /// <summary>The bytes that the serializer would write; plain options are written field by field, at a fraction of its cost.</summary>
    public byte[] Encode() => Tools is null && (Options is null || IsPlain(Options))
        ? JsonBytes.Of(this, static (json, form) => Write(json, form))
        : EncodeByReflection();

    /// <summary>What <see cref="Encode"/> must agree with.</summary>
    internal byte[] EncodeByReflection() => JsonSerializer.SerializeToUtf8Bytes(this, HubJson.Options);

    /// <summary>Reads the form back: what the serializer would make of it.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static RequestForm Decode(ReadOnlySpan<byte> logged)
    {
        var json = new Utf8JsonReader(logged);
        return Read(ref json) ?? DecodeByReflection(logged);
    }

    /// <summary>What <see cref="Decode"/> must agree with.</summary>
    internal static RequestForm DecodeByReflection(ReadOnlySpan<byte> logged) => JsonSerializer.Deserialize<RequestForm>(logged, HubJson.Options)!;

    /// <summary>Whether options have nothing but texts, numbers and truth values.</summary>
#pragma warning disable MEAI001 // experimental options: only whether there are any matters here
    private static bool IsPlain(ChatOptions options) => options.GetType() == typeof(ChatOptions) && options is
    {
        Reasoning: null, ResponseFormat: null, ToolMode: null, AllowBackgroundResponses: null, ContinuationToken: null, AdditionalProperties: null, StopSequences: null or List<string>,
    };
#pragma warning restore MEAI001

    private static void Write(Utf8JsonWriter json, RequestForm form)
    {
        json.WriteStartObject();
        WriteStrings(json, "messages"u8, form.Messages);
        if (form.Options is { } options)
        {
            json.WriteStartObject("options"u8);
            WriteIf(json, "conversationId"u8, options.ConversationId);
            WriteIf(json, "instructions"u8, options.Instructions);
            WriteIf(json, "temperature"u8, options.Temperature);
            WriteIf(json, "maxOutputTokens"u8, options.MaxOutputTokens);
            WriteIf(json, "topP"u8, options.TopP);
            WriteIf(json, "topK"u8, options.TopK);
            WriteIf(json, "frequencyPenalty"u8, options.FrequencyPenalty);
            WriteIf(json, "presencePenalty"u8, options.PresencePenalty);
            WriteIf(json, "seed"u8, options.Seed);
            WriteIf(json, "modelId"u8, options.ModelId);
            if (options.StopSequences is List<string> stops)
                WriteStrings(json, "stopSequences"u8, stops);
            if (options.AllowMultipleToolCalls is { } many)
                json.WriteBoolean("allowMultipleToolCalls"u8, many);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A form with plain options; null for any other.</summary>
    private static RequestForm? Read(ref Utf8JsonReader json)
    {
        if (!json.Read() || !json.Read() || json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals("messages"u8) || Texts(ref json) is not { } messages || !json.Read())
            return null;
        if (json.TokenType == JsonTokenType.EndObject)
            return new RequestForm(messages, null);
        if (!json.ValueTextEquals("options"u8) || !json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        var options = new ChatOptions();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadOption(ref json, options))
                return null;
        }

        return json.TokenType == JsonTokenType.EndObject && json.Read() && json.TokenType == JsonTokenType.EndObject ? new RequestForm(messages, options) : null;
    }

    private static bool ReadOption(ref Utf8JsonReader json, ChatOptions options)
    {
        if (json.ValueTextEquals("temperature"u8) && json.Read())
            options.Temperature = json.GetSingle();
        else if (json.ValueTextEquals("maxOutputTokens"u8) && json.Read())
            options.MaxOutputTokens = json.GetInt32();
        else if (json.ValueTextEquals("topP"u8) && json.Read())
            options.TopP = json.GetSingle();
        else if (json.ValueTextEquals("topK"u8) && json.Read())
            options.TopK = json.GetInt32();
        else if (json.ValueTextEquals("frequencyPenalty"u8) && json.Read())
            options.FrequencyPenalty = json.GetSingle();
        else if (json.ValueTextEquals("presencePenalty"u8) && json.Read())
            options.PresencePenalty = json.GetSingle();
        else if (json.ValueTextEquals("seed"u8) && json.Read())
            options.Seed = json.GetInt64();
        else if (json.ValueTextEquals("allowMultipleToolCalls"u8) && json.Read())
            options.AllowMultipleToolCalls = json.GetBoolean();
        else if (json.ValueTextEquals("stopSequences"u8))
            return (options.StopSequences = Texts(ref json)) is not null;
        else
            return ReadText(ref json, options);
        return true;
    }

    private static bool ReadText(ref Utf8JsonReader json, ChatOptions options)
    {
        if (json.ValueTextEquals("conversationId"u8) && json.Read())
            options.ConversationId = json.GetString();
        else if (json.ValueTextEquals("instructions"u8) && json.Read())
            options.Instructions = json.GetString();
        else if (json.ValueTextEquals("modelId"u8) && json.Read())
            options.ModelId = json.GetString();
        else
            return false;
        return true;
    }

    private static List<string>? Texts(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            return null;
        List<string> texts = [];
        while (json.Read() && json.TokenType == JsonTokenType.String)
            texts.Add(json.GetString()!);
        return json.TokenType == JsonTokenType.EndArray ? texts : null;
    }
}

/// <summary>A tool as it is declared.</summary>
internal sealed record ToolForm(string Name, string Description, JsonElement Schema);
