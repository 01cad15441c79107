using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Backends.Abstractions;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using OpenAI;
using ChatClient = OpenAI.Chat.ChatClient;
using ChatCompletionOptions = OpenAI.Chat.ChatCompletionOptions;
using EmbeddingClient = OpenAI.Embeddings.EmbeddingClient;
using EmbeddingRequest = OpenAI.Embeddings.EmbeddingGenerationOptions;

namespace Hub.Hosting.Models;

/// <summary>Chat clients and embedders for OpenAI-compatible endpoints, from workflow options.</summary>
internal static class OpenAIModels
{
    private const string OpenAIUrl = "https://api.openai.com/v1";
    private const string NimUrl = "https://integrate.api.nvidia.com/v1";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(100);

    public static IChatClient OpenAI(OpenAIOptions options, TimeProvider? time = null) =>
        Client(options, options.BaseUrl ?? Variable("OPENAI_BASE_URL"), Key(options.ApiKey, "OPENAI_API_KEY", "openai"), time);

    public static IChatClient Nim(NimOptions options, TimeProvider? time = null) =>
        Client(options, options.BaseUrl ?? Variable("NVIDIA_BASE_URL") ?? NimUrl, Key(options.ApiKey, "NVIDIA_API_KEY", "nim"), time);

    public static IChatClient Azure(AzureOpenAIOptions options, TimeProvider? time = null) =>
        Client(options, AzureUrl(options.BaseUrl), Key(options.ApiKey, "AZURE_OPENAI_API_KEY", "azure_openai"), time);

    public static IEmbeddingGenerator<string, Embedding<float>> OpenAIEmbedder(EmbedderOptions options, TimeProvider? time = null) =>
        Embedder(options, options.BaseUrl ?? Variable("OPENAI_BASE_URL"), Key(options.ApiKey, "OPENAI_API_KEY", "openai"), [], time);

    public static IEmbeddingGenerator<string, Embedding<float>> NimEmbedder(NimEmbedderOptions options, TimeProvider? time = null) => Embedder(
        options, options.BaseUrl ?? Variable("NVIDIA_BASE_URL") ?? NimUrl, Key(options.ApiKey, "NVIDIA_API_KEY", "nim"), [("truncate", options.Truncate), ("input_type", options.InputType)], time);

    public static IEmbeddingGenerator<string, Embedding<float>> AzureEmbedder(EmbedderOptions options, TimeProvider? time = null) =>
        Embedder(options, AzureUrl(options.BaseUrl), Key(options.ApiKey, "AZURE_OPENAI_API_KEY", "azure_openai"), [], time);

    private static string AzureUrl(string? written)
    {
        var endpoint = written ?? Variable("AZURE_OPENAI_ENDPOINT")
            ?? throw new HubException("azure_openai has no endpoint. Write azure_endpoint in the file, or set the environment variable AZURE_OPENAI_ENDPOINT.");
        return $"{endpoint.TrimEnd('/')}/openai/v1/";
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Embedder(EmbedderOptions options, string? url, string key, (string Name, string Value)[] extra, TimeProvider? time)
    {
        var client = Connection(url, options.RequestTimeout, new StatusRetryPolicy(
            options.DoAutoRetry ? options.NumRetries : 0, [.. options.RetryOnStatusCodes], options.RetryOnErrors ?? [], time ?? TimeProvider.System));
        var generator = new EmbeddingClient(options.Model!, new ApiKeyCredential(key), client).AsIEmbeddingGenerator(options.Dimensions);
        return extra.Length == 0 ? generator : generator.AsBuilder().ConfigureOptions(o => o.RawRepresentationFactory ??= _ => WithExtra(new EmbeddingRequest(), extra)).Build();
    }

    private static EmbeddingRequest WithExtra(EmbeddingRequest raw, (string Name, string Value)[] extra)
    {
        foreach (var (name, value) in extra)
#pragma warning disable SCME0001 // JsonPatch is how this client library sends keys that it does not know.
            raw.Patch.Set(Encoding.UTF8.GetBytes($"$.{name}"), value);
#pragma warning restore SCME0001
        return raw;
    }

    private static OpenAIClientOptions Connection(string? url, TimeSpan? timeout, StatusRetryPolicy retries)
    {
        var client = new OpenAIClientOptions { NetworkTimeout = timeout ?? s_timeout, RetryPolicy = retries };
        if (url is not null)
            client.Endpoint = Uri.TryCreate(url, UriKind.Absolute, out var endpoint) ? endpoint : throw new HubException($"'{url}' is no address; base_url needs one such as https://host/v1.");
        return client;
    }

    private static IChatClient Client(OpenAIOptions options, string? url, string key, TimeProvider? time)
    {
        var model = options.Model!;
        var thinking = ThinkingPrompt(options);
        if (options.ApiType != "chat_completion")
            throw new HubException($"api_type '{options.ApiType}' of model '{model}' is not available yet; 'chat_completion' is.");
        var client = Connection(url, options.RequestTimeout, new StatusRetryPolicy(
            options.DoAutoRetry ? options.NumRetries : options.MaxRetries ?? 0, [.. options.RetryOnStatusCodes], options.RetryOnErrors ?? [], time ?? TimeProvider.System));
        var endpoint = new ChatClient(model, new ApiKeyCredential(key), client);
        return new EndpointLogprobs(endpoint.AsIChatClient()).AsBuilder()
            .ConfigureOptions(chat => Configure(chat, options, hasOldLimit: client.Endpoint is { } e && !IsOpenAI(e)))
            .Use(inner => new EndpointCompletions(inner, endpoint.Pipeline, client.Endpoint ?? new Uri(OpenAIUrl), model))
            .Use((messages, chat, next, cancellationToken) => next(thinking is null ? messages : [new ChatMessage(ChatRole.System, thinking), .. messages], chat, cancellationToken))
            .Build();
    }

    /// <param name="chat">What a call says; it comes before what the file says.</param>
    /// <param name="options">What the file says.</param>
    /// <param name="hasOldLimit">Whether the endpoint knows the limit of tokens as <c>max_tokens</c>; OpenAI's own has <c>max_completion_tokens</c> in its place.</param>
    private static void Configure(ChatOptions chat, OpenAIOptions options, bool hasOldLimit)
    {
        chat.Temperature ??= options.Temperature;
        chat.TopP ??= options.TopP;
        chat.MaxOutputTokens ??= options.MaxTokens;
        if (options.Seed is not null)
            chat.Seed = options.Seed;
        if (chat.AdditionalProperties?.ContainsKey(ModelOptionKeys.Completion) == true)
            return; // no chat: the request is written from the options as they are
        Dictionary<string, JsonElement> extra = new(options.Extra);
        if (chat.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.LogitBias) is JsonElement bias)
            extra[ModelOptionKeys.LogitBias] = bias;
        if (chat.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.Logprobs) is { } top)
        {
            extra[ModelOptionKeys.Logprobs] = JsonElement.Parse("true");
            extra["top_logprobs"] = JsonSerializer.SerializeToElement(top);
        }

        if (hasOldLimit && chat.MaxOutputTokens is { } limit)
        {
            extra["max_tokens"] = JsonSerializer.SerializeToElement(limit);
            chat.MaxOutputTokens = null;
        }

        if (extra.Count > 0)
            chat.RawRepresentationFactory ??= _ => WithExtra(extra);
    }

    private static bool IsOpenAI(Uri endpoint) =>
        endpoint.Host.EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || endpoint.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);

    private static ChatCompletionOptions WithExtra(Dictionary<string, JsonElement> extra)
    {
        var raw = new ChatCompletionOptions();
        foreach (var (name, value) in extra)
#pragma warning disable SCME0001 // JsonPatch is how this client library sends keys that it does not know.
            raw.Patch.Set(Encoding.UTF8.GetBytes($"$.{name}"), BinaryData.FromString(value.GetRawText()));
#pragma warning restore SCME0001
        return raw;
    }

    private static string? ThinkingPrompt(OpenAIOptions options) => options.Thinking is not { } on || !options.Model!.Contains("nemotron", StringComparison.OrdinalIgnoreCase) ? null
        : options.Model.Contains("llama", StringComparison.OrdinalIgnoreCase) ? $"detailed thinking {(on ? "on" : "off")}"
        : on ? "/think" : "/no_think";

    private static string Key(string? written, string variable, string type) => !string.IsNullOrEmpty(written) ? written : Variable(variable)
        ?? throw new HubException($"A model of type '{type}' has no key. Set the environment variable {variable}, or write api_key: ${{NAME_OF_A_VARIABLE}} in the file.");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
