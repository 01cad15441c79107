using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backends.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Hosting.Models;

/// <summary>Text completion at an endpoint that offers it (vLLM, llama.cpp, a hub): the client library has no call for it, so the request is written here.</summary>
/// <remarks>An answer comes whole, also where parts are asked for. An endpoint without the route is told apart from one that fails.</remarks>
internal sealed class EndpointCompletions(IChatClient inner, ClientPipeline pipeline, Uri endpoint, string model) : DelegatingChatClient(inner)
{
    private static readonly CompletionSupport s_support = new(CompletionSupport.MaxTopLogprobs, IsOwn: false);

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(CompletionSupport) ? s_support : base.GetService(serviceType, serviceKey);

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Asked(options) is { } completion ? CompleteAsync([.. messages], options!, completion, cancellationToken) : base.GetResponseAsync(messages, options, cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = Asked(options) is { } completion
            ? (await CompleteAsync([.. messages], options!, completion, cancellationToken)).ToChatResponseUpdates().ToAsyncEnumerable()
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.WithCancellation(cancellationToken))
            yield return update;
    }

    private static CompletionOptions? Asked(ChatOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.Completion) is { } completion ? CompletionOptions.From(completion) : null;

    private async Task<ChatResponse> CompleteAsync(IReadOnlyList<ChatMessage> prompts, ChatOptions options, CompletionOptions completion, CancellationToken cancellationToken)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = "POST";
        message.Request.Uri = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/completions");
        message.Request.Headers.Set("Content-Type", "application/json");
        message.Request.Content = BinaryContent.Create(BinaryData.FromString(Body(prompts, options, completion).ToJsonString()));
        message.Apply(new RequestOptions { CancellationToken = cancellationToken });
        await pipeline.SendAsync(message);
        var response = message.Response!;
        if (response.Status is 404 or 405 or 501)
            throw new NotSupportedException($"The endpoint {endpoint} answers {response.Status} to completions: it does not offer them. Ask it for a chat, or another model.");
        return response.IsError ? throw new ClientResultException(response) : Read(response.Content, model);
    }

    private JsonObject Body(IReadOnlyList<ChatMessage> prompts, ChatOptions options, CompletionOptions completion)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["prompt"] = new JsonArray([.. prompts.Select(Prompt)]),
            ["n"] = completion.Choices,
            ["echo"] = completion.Echo,
            ["max_tokens"] = options.MaxOutputTokens,
            ["temperature"] = options.Temperature,
            ["top_p"] = options.TopP,
            ["seed"] = options.Seed,
            ["frequency_penalty"] = options.FrequencyPenalty,
            ["presence_penalty"] = options.PresencePenalty,
            ["stop"] = options.StopSequences is { Count: > 0 } stops ? new JsonArray([.. stops.Select(s => JsonValue.Create(s))]) : null,
            [ModelOptionKeys.Logprobs] = Written(options, ModelOptionKeys.Logprobs),
            [ModelOptionKeys.LogitBias] = Written(options, ModelOptionKeys.LogitBias),
        };
        if (completion.ShowsControlTokens)
            body["skip_special_tokens"] = false;
        foreach (var key in body.Where(p => p.Value is null).Select(p => p.Key).ToArray())
            body.Remove(key);
        return body;
    }

    private static JsonNode Prompt(ChatMessage prompt) =>
        prompt.Contents.Select(c => c.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.Tokens)).FirstOrDefault(t => t is not null) is { } tokens
            ? JsonSerializer.SerializeToNode(tokens)!
            : JsonValue.Create(prompt.Text);

    private static JsonNode? Written(ChatOptions options, string key) => options.AdditionalProperties?.GetValueOrDefault(key) is { } value ? JsonSerializer.SerializeToNode(value) : null;

    internal static ChatResponse Read(BinaryData content, string model)
    {
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        var messages = root.GetProperty("choices").EnumerateArray().OrderBy(c => c.GetProperty("index").GetInt32()).Select(Choice);
        return new ChatResponse([.. messages])
        {
            ModelId = model,
            FinishReason = ChatFinishReason.Stop,
            Usage = root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object ? Usage(usage) : null,
        };
    }

    private static ChatMessage Choice(JsonElement choice)
    {
        var facts = new AdditionalPropertiesDictionary { [ModelOptionKeys.FinishReason] = choice.TryGetProperty("finish_reason", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString() : "stop" };
        if (choice.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind == JsonValueKind.Object)
            facts[ModelOptionKeys.TokenLogprobs] = TokenLogprob.ToJson(Tokens(logprobs));
        return new ChatMessage(ChatRole.Assistant, [new TextContent(choice.GetProperty("text").GetString()), new AIContent { AdditionalProperties = facts }])
        {
            MessageId = choice.GetProperty("index").GetInt32().ToString(CultureInfo.InvariantCulture),
        };
    }

    private static TokenLogprob[] Tokens(JsonElement logprobs)
    {
        var likelihoods = logprobs.GetProperty("token_logprobs");
        var hasTop = logprobs.TryGetProperty("top_logprobs", out var tops) && tops.ValueKind == JsonValueKind.Array;
        var hasOffsets = logprobs.TryGetProperty("text_offset", out var offsets) && offsets.ValueKind == JsonValueKind.Array;
        return [.. logprobs.GetProperty("tokens").EnumerateArray().Select((token, i) => new TokenLogprob(token.GetString()!, -1, Number(likelihoods[i]))
        {
            Offset = hasOffsets ? offsets[i].GetInt32() : 0,
            Top = hasTop && tops[i].ValueKind == JsonValueKind.Object
                ? [.. tops[i].EnumerateObject().Select(t => new TokenLogprob(t.Name, -1, Number(t.Value))).OrderByDescending(t => t.Logprob)]
                : [],
        })];
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static UsageDetails Usage(JsonElement usage) => new()
    {
        InputTokenCount = Count(usage, "prompt_tokens"),
        OutputTokenCount = Count(usage, "completion_tokens"),
        TotalTokenCount = Count(usage, "total_tokens"),
    };

    private static long? Count(JsonElement usage, string key) => usage.TryGetProperty(key, out var count) && count.ValueKind == JsonValueKind.Number ? count.GetInt64() : null;
}
