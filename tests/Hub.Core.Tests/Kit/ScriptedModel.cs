using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests;

/// <summary>A model that answers as a function of the conversation, and counts its calls.</summary>
internal sealed class ScriptedModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> answer) : IChatClient
{
    private int _calls;

    public ScriptedModel(Func<IReadOnlyList<ChatMessage>, string> answer)
        : this((messages, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(messages))))
    {
    }

    public int Calls => _calls;

    public ChatOptions? LastOptions { get; private set; }

    /// <summary>Calls a tool a number of times, one call a turn, then says how many results it saw.</summary>
    public static ScriptedModel CallingTool(string tool, int times) => new((messages, _) =>
    {
        var results = messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().ToList();
        return new ChatResponse(results.Count < times
            ? new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call{results.Count}", tool, new Dictionary<string, object?> { ["value"] = results.Count })])
            : new ChatMessage(ChatRole.Assistant, "Saw " + string.Join(",", results.Select(r => Hub.Abstractions.RunTools.ResultText(r.Result)))));
    });

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        LastOptions = options;
        return Task.FromResult(answer(messages as IReadOnlyList<ChatMessage> ?? [.. messages], options));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var whole = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var word in whole.Text.Split(' ').Select((w, i) => i == 0 ? w : " " + w))
            yield return new ChatResponseUpdate(ChatRole.Assistant, word);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
