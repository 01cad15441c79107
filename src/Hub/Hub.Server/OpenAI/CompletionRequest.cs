using System.Text.Json;
using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>A text completion as a model understands it, and what concerns the form of the answer.</summary>
/// <remarks>Each prompt is a message of the run; those of token ids have no text.</remarks>
internal sealed record CompletionRequest(ReasonerRequest Request, string? Model)
{
    private const int DefaultTokens = 16;
    private const int MaxPrompts = 2048;
    private const int MaxChoices = 128;
    private const int MaxAnswers = 4096;

    public int Choices { get; private init; } = 1;

    public bool Stream { get; private init; }

    public bool StreamUsage { get; private init; }

    /// <summary>Whether log-probabilities are wanted.</summary>
    public bool HasLogprobs { get; private init; }

    public string? User { get; private init; }

    /// <summary>Answers that there will be.</summary>
    public int Answers => Request.Messages.Count * Choices;

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">A key is missing or wrong, or asks for what is not done here.</exception>
    public static CompletionRequest Read(JsonElement json)
    {
        var body = new BodyReader(json);
        if (body.Text("suffix") is { Length: > 0 })
            throw Unsupported("suffix", "text is not filled in before a suffix. Leave it out");
        var choices = body.Integer("n", 1, MaxChoices) ?? 1;
        if (body.Integer("best_of", 0, MaxChoices) is { } best && best > choices)
            throw Unsupported("best_of", $"it is {best} and 'n' is {choices}: answers are not ranked here. Ask for 'n' answers and choose among them by their log-probabilities");
        var prompts = Prompts(body.Find("prompt"));
        if ((long)prompts.Length * choices > MaxAnswers)
            throw RequestException.Invalid($"{prompts.Length} prompts with {choices} answers each are too many; at most {MaxAnswers} answers are given at once.", "n");
        var logprobs = body.Integer("logprobs", 0, CompletionSupport.MaxTopLogprobs);
        var options = SamplingKeys.Read(body);
        options.MaxOutputTokens = body.Integer("max_tokens", 0, int.MaxValue) ?? DefaultTokens;
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[ModelOptionKeys.Completion] = new CompletionOptions
        {
            Choices = choices,
            Echo = body.Flag("echo") ?? false,
            ShowsControlTokens = body.Flag("skip_special_tokens") is false,
        }.ToJson();
        if (logprobs is { } top)
            options.AdditionalProperties[ModelOptionKeys.Logprobs] = top;
        return new CompletionRequest(new ReasonerRequest(prompts, options), body.Text("model"))
        {
            Choices = choices,
            Stream = body.Flag("stream") ?? false,
            StreamUsage = SamplingKeys.StreamUsage(body),
            HasLogprobs = logprobs is not null,
            User = body.Text("user"),
        };
    }

    private static ChatMessage[] Prompts(JsonElement? prompt) => prompt switch
    {
        null => [Text("")],
        { ValueKind: JsonValueKind.String } text => [Text(text.GetString()!)],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is > 0 and <= MaxPrompts && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. list.EnumerateArray().Select(e => Text(e.GetString()!))],
        { ValueKind: JsonValueKind.Array } list when TokenIds.IsList(list) => [Tokens(list)],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is > 0 and <= MaxPrompts && list.EnumerateArray().All(TokenIds.IsList) =>
            [.. list.EnumerateArray().Select(Tokens)],
        _ => throw RequestException.Invalid($"'prompt' must be a text, a list of token ids, or a list of 1 to {MaxPrompts} of either.", "prompt"),
    };

    private static ChatMessage Text(string text) => new(ChatRole.User, text);

    private static ChatMessage Tokens(JsonElement ids) =>
        new(ChatRole.User, [new AIContent { AdditionalProperties = new AdditionalPropertiesDictionary { [ModelOptionKeys.Tokens] = ids } }]);

    private static RequestException Unsupported(string key, string why) => new(StatusCodes.Status400BadRequest, $"'{key}' is not supported: {why}.", key, "unsupported_parameter");
}
