using System.Text;
using System.Text.Json;

namespace Hub.Server.Tests.Kit;

/// <summary>
/// Reads streams by the rules of the toolkit's own user interface: pieces of bytes as they come, lines by their prefix, everything else
/// ignored; a line that begins with a brace, or the rest of the stream that does, is an error to show.
/// </summary>
/// <remarks>Rules: NeMo-Agent-Toolkit-UI 360f602, proxy/response-processors.js:23-98 (lines), :104-180 (chat), :226-290 (generate).</remarks>
internal sealed class ToolkitUi(bool isChat)
{
    private readonly StringBuilder _text = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private string _buffer = "";

    /// <summary>What the person reads.</summary>
    public string Text => _text.ToString();

    /// <summary>Steps by their ids, the latest of each: what is shown beside the answer.</summary>
    public Dictionary<string, JsonElement> Steps { get; } = [];

    /// <summary>Traces that were told.</summary>
    public List<string> Traces { get; } = [];

    /// <summary>Errors that were shown.</summary>
    public List<JsonElement> Errors { get; } = [];

    /// <summary>Whether the stream said that it is over.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Lines that the rules give no meaning to.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Reads a stream to its end, in pieces of a size that cuts lines and characters anywhere.</summary>
    public static async Task<ToolkitUi> ReadAsync(HttpResponseMessage response, bool isChat, int pieceBytes)
    {
        var ui = new ToolkitUi(isChat);
        await using var body = await response.Content.ReadAsStreamAsync();
        var piece = new byte[pieceBytes];
        int read;
        while (!ui.IsDone && (read = await body.ReadAsync(piece)) > 0)
            ui.Take(piece.AsSpan(0, read));
        ui.End();
        return ui;
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        var chars = new char[_decoder.GetCharCount(piece, flush: false)];
        _buffer += new string(chars, 0, _decoder.GetChars(piece, chars, flush: false));
        var lines = _buffer.Split('\n');
        _buffer = lines[^1];
        foreach (var line in lines[..^1])
        {
            if (!IsDone)
                Line(line);
        }
    }

    private void Line(string line)
    {
        if (line.StartsWith("data: ", StringComparison.Ordinal))
            Data(line[6..].Trim());
        else if (line.StartsWith("intermediate_data: ", StringComparison.Ordinal))
            Step(JsonElement.Parse(line["intermediate_data: ".Length..]));
        else if (line.StartsWith("observability_trace: ", StringComparison.Ordinal))
            Traces.Add(JsonElement.Parse(line["observability_trace: ".Length..]).GetProperty("observability_trace_id").GetString()!);
        else if (line.Trim().StartsWith('{'))
            Errors.Add(JsonElement.Parse(line));
        else if (line.Length > 0)
            Ignored.Add(line);
    }

    private void Data(string data)
    {
        if (data is "[DONE]" or "DONE")
        {
            IsDone = true;
            return;
        }

        if (Parsed(data) is not { ValueKind: JsonValueKind.Object } parsed)
            return;
        if (!isChat && parsed.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String)
            _text.Append(value.GetString());
        if (!isChat || !parsed.TryGetProperty("choices", out var choices) || choices.GetArrayLength() == 0)
            return;
        foreach (var place in (string[])["message", "delta"])
        {
            if (choices[0].TryGetProperty(place, out var said) && said.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String && content.GetString()!.Length > 0)
            {
                _text.Append(content.GetString());
                return;
            }
        }
    }

    private void Step(JsonElement step) => Steps[step.GetProperty("id").GetString()!] = step;

    private void End()
    {
        if (_buffer.Trim().StartsWith('{'))
            Errors.Add(JsonElement.Parse(_buffer));
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
