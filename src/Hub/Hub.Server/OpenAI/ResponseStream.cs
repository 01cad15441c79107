using Hub.Abstractions;
using Hub.Server.Http;

namespace Hub.Server.OpenAI;

/// <summary>A response as numbered events: created, text as it comes, calls, and the end with the whole response.</summary>
internal sealed class ResponseStream(EventStream stream, string runId)
{
    private readonly string _messageId = $"msg_{runId}_0";
    private int _next;
    private int _written;

    /// <summary>The response began.</summary>
    public async Task BeginAsync(ResponseObject response)
    {
        await SendAsync("response.created", n => new ResponseEvent("response.created", n, response));
        await SendAsync("response.in_progress", n => new ResponseEvent("response.in_progress", n, response));
    }

    /// <summary>A part of the text.</summary>
    public async Task TextAsync(string text)
    {
        if (text.Length == 0)
            return;
        if (_written == 0)
        {
            var item = new ResponseItem("message", _messageId, "in_progress") { Role = "assistant", Content = [] };
            await SendAsync("response.output_item.added", n => new ItemEvent("response.output_item.added", n, 0, item));
            await SendAsync("response.content_part.added", n => new PartEvent("response.content_part.added", n, _messageId, 0, 0, ResponsePart.Of("assistant", "")));
        }

        _written += text.Length;
        await SendAsync("response.output_text.delta", n => new TextDeltaEvent("response.output_text.delta", n, _messageId, 0, 0, text, []));
    }

    /// <summary>The end: what the parts did not show, calls, and the whole.</summary>
    public async Task EndAsync(ResponseObject response)
    {
        for (var index = 0; index < response.Output.Count; index++)
        {
            var (item, place) = (response.Output[index], index);
            if (item.Type == "message")
                await EndTextAsync(item, place);
            else if (item.Type == "function_call")
                await CallAsync(item, place);
        }

        var name = response.Status switch { "completed" => "response.completed", "incomplete" => "response.incomplete", "cancelled" => "response.cancelled", _ => "response.failed" };
        await SendAsync(name, n => new ResponseEvent(name, n, response));
    }

    private async Task EndTextAsync(ResponseItem item, int place)
    {
        var text = item.Content![0].Text;
        if (text.Length > _written)
            await TextAsync(text[_written..]);
        if (_written == 0)
            return;
        await SendAsync("response.output_text.done", n => new TextDoneEvent("response.output_text.done", n, item.Id, place, 0, text, []));
        await SendAsync("response.content_part.done", n => new PartEvent("response.content_part.done", n, item.Id, place, 0, item.Content[0]));
        await SendAsync("response.output_item.done", n => new ItemEvent("response.output_item.done", n, place, item));
    }

    private async Task CallAsync(ResponseItem item, int place)
    {
        await SendAsync("response.output_item.added", n => new ItemEvent("response.output_item.added", n, place, item with { Arguments = "", Status = "in_progress" }));
        await SendAsync("response.function_call_arguments.delta", n => new ArgumentsDeltaEvent("response.function_call_arguments.delta", n, item.Id, place, item.Arguments!));
        await SendAsync("response.function_call_arguments.done", n => new ArgumentsDoneEvent("response.function_call_arguments.done", n, item.Id, place, item.Name!, item.Arguments!));
        await SendAsync("response.output_item.done", n => new ItemEvent("response.output_item.done", n, place, item));
    }

    private Task SendAsync<T>(string name, Func<int, T> make) => stream.NamedAsync(name, make(_next++));

    private sealed record ResponseEvent(string Type, int SequenceNumber, ResponseObject Response);

    private sealed record ItemEvent(string Type, int SequenceNumber, int OutputIndex, ResponseItem Item);

    private sealed record PartEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, ResponsePart Part);

    private sealed record TextDeltaEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Delta, IReadOnlyList<string> Logprobs);

    private sealed record TextDoneEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, int ContentIndex, string Text, IReadOnlyList<string> Logprobs);

    private sealed record ArgumentsDeltaEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, string Delta);

    private sealed record ArgumentsDoneEvent(string Type, int SequenceNumber, string ItemId, int OutputIndex, string Name, string Arguments);
}
