using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Writes an answer in parts: what is new each time, the reason for the end in a part of its own.</summary>
internal sealed class ChunkWriter(EventStream stream, string id, string model, long created, int topLogprobs)
{
    private readonly Dictionary<int, int> _written = [];

    public EventStream Stream => stream;

    /// <summary>A part of an answer's text.</summary>
    public Task TextAsync(int index, string text, IReadOnlyList<TokenLogprob> logprobs)
    {
        if (text.Length == 0 && logprobs.Count == 0)
            return Task.CompletedTask;
        _written[index] = _written.GetValueOrDefault(index) + text.Length;
        return ChunkAsync(index, new ChunkDelta(text, "assistant", null), null, logprobs);
    }

    /// <summary>What the parts did not show: text that was dropped or never came in parts, and calls for the caller.</summary>
    public async Task RestAsync(int index, ChatResponse? response)
    {
        var text = response?.Text ?? "";
        var written = _written.GetValueOrDefault(index);
        if (text.Length > written)
            await TextAsync(index, text[written..], written == 0 ? LogprobsAnswer.Of(response!.Messages.SelectMany(m => m.Contents)) : []);
        WireToolCall[] calls = [.. ChatAnswer.Calls(response).Select((c, i) => c with { Index = i })];
        if (calls.Length > 0)
            await ChunkAsync(index, new ChunkDelta(null, "assistant", calls), null);
    }

    /// <summary>The end of all answers.</summary>
    public async Task EndAsync(IReadOnlyList<RunResult> results, bool withUsage)
    {
        for (var i = 0; i < results.Count; i++)
            await ChunkAsync(i, new ChunkDelta("", "assistant", null), ChatAnswer.FinishReason(results[i].Response));
        if (withUsage)
            await stream.DataAsync(new ChatChunk(id, [], created, model) { Usage = ChatAnswer.Usage(results) });
        await stream.DoneAsync();
    }

    private Task ChunkAsync(int index, ChunkDelta delta, string? finish, IReadOnlyList<TokenLogprob>? logprobs = null) =>
        stream.DataAsync(new ChatChunk(id, [new ChunkChoice(finish, index, delta) { Logprobs = LogprobsAnswer.Chat(logprobs ?? [], topLogprobs) }], created, model));
}
