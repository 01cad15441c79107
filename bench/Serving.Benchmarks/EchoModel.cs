using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Serving.Benchmarks;

/// <summary>A model that says what it was told, word by word where it streams; as many tokens as words.</summary>
internal sealed class EchoModel : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, messages.Last().Text))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = 3, TotalTokenCount = 6 },
        });

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var word in messages.Last().Text.Split(' '))
            yield return new ChatResponseUpdate(ChatRole.Assistant, word);
        await Task.CompletedTask;
        var usage = new UsageDetails { InputTokenCount = 3, OutputTokenCount = 3, TotalTokenCount = 6 };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}

/// <summary>The echo and nothing else.</summary>
internal sealed class EchoComponents : IHubComponents
{
    private readonly EchoModel _model = new();

    public IReadOnlyList<HubFunction> Functions { get; } = [new(HubFunction.ModelPrefix + "echo", HubFunctionKind.Model, "", System.Text.Json.JsonElement.Parse("{}"))];

    public IChatClient Model(string name) => name == "echo" ? _model : throw new UnknownNameException("model", name, ["echo"]);

    public IReadOnlyList<AIFunction> Tools(string name) => throw new UnknownNameException("tool", name, []);

    public IReasoner Reasoner(string name) => throw new UnknownNameException("reasoner", name, []);
}
