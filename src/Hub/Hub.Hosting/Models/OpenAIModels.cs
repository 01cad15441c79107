using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using OpenAI;
using ChatClient = OpenAI.Chat.ChatClient;
using ChatCompletionOptions = OpenAI.Chat.ChatCompletionOptions;

namespace Hub.Hosting.Models;

/// <summary>Chat clients for OpenAI-compatible endpoints, from workflow options.</summary>
internal static class OpenAIModels
{
    private const string NimUrl = "https://integrate.api.nvidia.com/v1";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(100);

    public static IChatClient OpenAI(OpenAIOptions options, TimeProvider? time = null) =>
        Client(options, options.BaseUrl ?? Variable("OPENAI_BASE_URL"), Key(options.ApiKey, "OPENAI_API_KEY", "openai"), time);

    public static IChatClient Nim(NimOptions options, TimeProvider? time = null) =>
        Client(options, options.BaseUrl ?? Variable("NVIDIA_BASE_URL") ?? NimUrl, Key(options.ApiKey, "NVIDIA_API_KEY", "nim"), time);

    public static IChatClient Azure(AzureOpenAIOptions options, TimeProvider? time = null)
    {
        var endpoint = options.BaseUrl ?? Variable("AZURE_OPENAI_ENDPOINT")
            ?? throw new HubException("azure_openai has no endpoint. Write azure_endpoint in the file, or set the environment variable AZURE_OPENAI_ENDPOINT.");
        return Client(options, $"{endpoint.TrimEnd('/')}/openai/v1/", Key(options.ApiKey, "AZURE_OPENAI_API_KEY", "azure_openai"), time);
    }

    private static IChatClient Client(OpenAIOptions options, string? url, string key, TimeProvider? time)
    {
        var model = options.Model!;
        var thinking = ThinkingPrompt(options);
        if (options.ApiType != "chat_completion")
            throw new HubException($"api_type '{options.ApiType}' of model '{model}' is not available yet; 'chat_completion' is.");
        var client = new OpenAIClientOptions
        {
            NetworkTimeout = options.RequestTimeout ?? s_timeout,
            RetryPolicy = new StatusRetryPolicy(
                options.DoAutoRetry ? options.NumRetries : options.MaxRetries ?? 0, [.. options.RetryOnStatusCodes], options.RetryOnErrors ?? [], time ?? TimeProvider.System),
        };
        if (url is not null)
            client.Endpoint = Uri.TryCreate(url, UriKind.Absolute, out var endpoint) ? endpoint : throw new HubException($"'{url}' is no address; base_url needs one such as https://host/v1.");
        return new ChatClient(model, new ApiKeyCredential(key), client).AsIChatClient().AsBuilder()
            .ConfigureOptions(chat => Configure(chat, options, hasOldLimit: client.Endpoint is { } e && !IsOpenAI(e)))
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
        Dictionary<string, JsonElement> extra = new(options.Extra);
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
