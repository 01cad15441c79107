using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>What an event says, in words, from its payloads.</summary>
public static class EventText
{
    private const int SummaryChars = 120;

    /// <summary>The event with its <see cref="RunEvent.Summary"/> filled in.</summary>
    /// <param name="entry">A stored event.</param>
    /// <param name="payload">Gives a payload's bytes, or null where it was erased.</param>
    public static RunEvent Summarise(RunEvent entry, Func<string, byte[]?> payload)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            return entry with { Summary = OneLine(Full(entry, payload)) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return entry with { Summary = "(damaged)" };
        }
    }

    /// <summary>The whole text: a model's words, a tool's arguments or result, the question, the answer, the failure.</summary>
    /// <param name="entry">A stored event.</param>
    /// <param name="payload">Gives a payload's bytes, or null where it was erased.</param>
    public static string Full(RunEvent entry, Func<string, byte[]?> payload)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(payload);
        if (entry.Failure is { } failure)
            return $"{failure.Type}: {failure.Message}";
        if ((entry.Output ?? entry.Input) is not { } hash)
            return entry.Tags is { Count: > 0 } tags ? string.Join(", ", tags.Select(t => $"{t.Key}={t.Value}")) : "";
        if (payload(hash) is not { } bytes)
            return "(erased)";
        return entry.Kind switch
        {
            RunEventKind.WorkflowStart => Messages(bytes, "messages", payload, last: true),
            RunEventKind.LlmStart => Messages(bytes, "new", payload, last: true),
            RunEventKind.LlmEnd or RunEventKind.WorkflowEnd => Messages(bytes, "messages", payload, last: false),
            _ => Json(bytes),
        };
    }

    /// <summary>A text on one line of at most 120 characters.</summary>
    /// <param name="text">Any text.</param>
    public static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder(Math.Min(text.Length, SummaryChars + 1));
        var space = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = line.Length > 0;
                continue;
            }

            if (space)
                line.Append(' ');
            space = false;
            line.Append(c);
            if (line.Length > SummaryChars)
                return line.ToString(0, SummaryChars) + "…";
        }

        return line.ToString();
    }

    private static string Json(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return RunTools.ResultText(document.RootElement);
    }

    private static string Messages(byte[] bytes, string property, Func<string, byte[]?> payload, bool last)
    {
        using var document = JsonDocument.Parse(bytes);
        var hashes = document.RootElement.GetProperty(property).EnumerateArray().Select(e => e.GetString()!).ToArray();
        var texts = (last ? hashes.TakeLast(1) : hashes).Select(h => payload(h) is { } message ? Of(JsonSerializer.Deserialize<ChatMessage>(message, HubJson.Options)!) : "(erased)");
        return string.Join("\n", texts);
    }

    /// <summary>What a message says: its text, its calls, the results that it brings.</summary>
    /// <param name="message">The message.</param>
    public static string Of(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var parts = message.Contents.Select(c => c switch
        {
            TextContent text => text.Text,
            FunctionCallContent call => $"{call.Name}({JsonSerializer.Serialize(call.Arguments, HubJson.Options)})",
            FunctionResultContent result => RunTools.ResultText(result.Result),
            _ => $"({c.GetType().Name})",
        });
        return string.Join("\n", parts);
    }
}
