using System.Globalization;
using System.Text.Json;
using Backends.Abstractions;
using Backends.Serving.Constraints;
using Backends.Serving.Engine;
using Backends.Serving.Sampling;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>Turns messages and <see cref="ChatOptions"/> into a request to the engine.</summary>
internal static class EngineRequest
{
    public static GenerationRequest Create(ChatTemplate template, IEnumerable<ChatMessage> messages, ChatOptions? options, EngineChatClientOptions defaults)
    {
        var all = messages.ToList();
        if (!string.IsNullOrEmpty(options?.Instructions)) all.Insert(0, new ChatMessage(ChatRole.System, options.Instructions));
        var tools = NativeTools(options);
        var actionTools = ActionTools(options);
        var seed = options?.Seed ?? defaults.DefaultSeed;
        return new GenerationRequest
        {
            Prompt = template.EncodePrompt(all, tools),
            Sampling = Sampling(options, defaults),
            Seed = Seed(seed),
            MaxNewTokens = options?.MaxOutputTokens ?? defaults.DefaultMaxOutputTokens,
            Stops = [.. options?.StopSequences ?? []],
            TextMask = Mask(actionTools),
            CallMask = Mask(Callable(tools, options?.ToolMode)),
            RequireCall = options?.ToolMode is RequiredChatToolMode,
            AllowParallelCalls = options?.AllowMultipleToolCalls ?? true,
            TopLogprobs = TopLogprobs(options),
            LogitBias = Bias(options),
            FrequencyPenalty = options?.FrequencyPenalty ?? 0,
            PresencePenalty = options?.PresencePenalty ?? 0,
        };
    }

    /// <summary>One answer to one prompt that is no chat.</summary>
    /// <param name="prompt">Its tokens.</param>
    /// <param name="options">The caller's options, with <see cref="ModelOptionKeys.Completion"/>.</param>
    /// <param name="completion">The value of that key.</param>
    /// <param name="choice">Number of the answer; each has a seed of its own.</param>
    /// <param name="defaults">What a request that says nothing gets.</param>
    public static GenerationRequest Raw(IReadOnlyList<int> prompt, ChatOptions options, CompletionOptions completion, int choice, EngineChatClientOptions defaults)
    {
        var top = TopLogprobs(options);
        return new GenerationRequest
        {
            IsRaw = true,
            Prompt = prompt,
            Sampling = Sampling(options, defaults),
            Seed = Seed((options.Seed ?? defaults.DefaultSeed) + choice),
            MaxNewTokens = options.MaxOutputTokens ?? defaults.DefaultMaxOutputTokens,
            Stops = [.. options.StopSequences ?? []],
            ShowsControlTokens = completion.ShowsControlTokens,
            TopLogprobs = top,
            ScoresPrompt = completion.Echo && top is not null,
            LogitBias = Bias(options),
            FrequencyPenalty = options.FrequencyPenalty ?? 0,
            PresencePenalty = options.PresencePenalty ?? 0,
        };
    }

    private static int Seed(long seed) => unchecked((int)(seed ^ (seed >> 32)));

    private static int? TopLogprobs(ChatOptions? options)
    {
        if (Further(options, ModelOptionKeys.Logprobs) is not { } value) return null;
        return int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
            && count is >= 0 and <= CompletionSupport.MaxTopLogprobs
                ? count
                : throw new ArgumentException(
                    $"ChatOptions.AdditionalProperties[\"{ModelOptionKeys.Logprobs}\"] is '{value}'; a number from 0 to {CompletionSupport.MaxTopLogprobs} is needed.");
    }

    private static Dictionary<int, float> Bias(ChatOptions? options)
    {
        if (Further(options, ModelOptionKeys.LogitBias) is not { } value) return [];
        var bias = new Dictionary<int, float>();
        foreach (var entry in value is JsonElement { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : throw Wrong(value.ToString()))
        {
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var token)
                || entry.Value.ValueKind != JsonValueKind.Number || entry.Value.GetSingle() is not (>= -100 and <= 100))
                throw Wrong($"{entry.Name}: {entry.Value}");
            bias[token] = entry.Value.GetSingle();
        }

        return bias;

        static ArgumentException Wrong(string? found) => new(
            $"ChatOptions.AdditionalProperties[\"{ModelOptionKeys.LogitBias}\"] holds '{found}'; an object of token ids and numbers from -100 to 100 is needed.");
    }

    private static object? Further(ChatOptions? options, string key) => options?.AdditionalProperties?.GetValueOrDefault(key);

    private static SamplingOptions Sampling(ChatOptions? options, EngineChatClientOptions defaults) => new SamplingOptions
    {
        Temperature = options?.Temperature is { } temperature ? Widened(temperature) : defaults.DefaultTemperature,
        TopK = options?.TopK ?? 0,
        TopP = options?.TopP is { } topP ? Widened(topP) : 1,
        MinP = MinP(options),
    }.Validated();

    // 0.1f becomes 0.1, not 0.10000000149.
    private static double Widened(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double MinP(ChatOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(EngineOptionKeys.MinP, out var value) is not true || value is null) return 0;
        return double.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var minP)
            ? minP
            : throw new ArgumentException($"ChatOptions.AdditionalProperties[\"{EngineOptionKeys.MinP}\"] is '{value}'; it must be a number from 0 to 1.");
    }

    private static IReadOnlyList<AIFunctionDeclaration> NativeTools(ChatOptions? options)
    {
        if (options?.Tools is not { Count: > 0 } tools || options.ToolMode is NoneChatToolMode)
            return options?.ToolMode is RequiredChatToolMode
                ? throw new ArgumentException("ChatOptions.ToolMode requires a call and ChatOptions.Tools is empty; list the tools.")
                : [];
        if (tools.FirstOrDefault(t => t is not AIFunctionDeclaration) is { } other)
            throw new NotSupportedException($"The engine calls functions only; the tool '{other.Name}' is a {other.GetType().Name}. Leave it out.");
        return [.. tools.Cast<AIFunctionDeclaration>()];
    }

    private static IReadOnlyList<AIFunctionDeclaration> ActionTools(ChatOptions? options)
    {
        if (options?.AdditionalProperties?.TryGetValue(EngineOptionKeys.ActionTools, out var value) is not true || value is null) return [];
        return value is IEnumerable<AITool> tools && tools.ToList() is var list && list.All(t => t is AIFunctionDeclaration)
            ? [.. list.Cast<AIFunctionDeclaration>()]
            : throw new ArgumentException(
                $"ChatOptions.AdditionalProperties[\"{EngineOptionKeys.ActionTools}\"] is a {value.GetType().Name}; it must be a list of AIFunctionDeclaration.");
    }

    private static IReadOnlyList<AIFunctionDeclaration> Callable(IReadOnlyList<AIFunctionDeclaration> tools, ChatToolMode? mode)
    {
        if (mode is not RequiredChatToolMode { RequiredFunctionName: { } name }) return tools;
        return tools.FirstOrDefault(t => t.Name == name) is { } tool
            ? [tool]
            : throw new ArgumentException(
                $"ChatOptions.ToolMode requires the tool '{name}', which ChatOptions.Tools lacks; it has {string.Join(", ", tools.Select(t => t.Name))}.");
    }

    private static ToolNameMask? Mask(IReadOnlyList<AIFunctionDeclaration> tools) =>
        tools.Count == 0 ? null : new ToolNameMask([.. tools.Select(t => new ToolSpec(t.Name, ToolLine.ArgumentNames(t)))]);
}
