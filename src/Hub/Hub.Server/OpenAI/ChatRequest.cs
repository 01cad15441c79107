using System.Text.Json;
using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>A chat request as a reasoner understands it, and what concerns the form of the answer.</summary>
internal sealed record ChatRequest(ReasonerRequest Request, string? Model)
{
    private const int MaxChoices = 16;

    public int Choices { get; private init; } = 1;

    public bool Stream { get; private init; }

    public bool StreamUsage { get; private init; }

    public bool Logprobs { get; private init; }

    public int TopLogprobs { get; private init; }

    public string? User { get; private init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">A key is missing or wrong.</exception>
    public static ChatRequest Read(JsonElement json)
    {
        var body = new BodyReader(json);
        foreach (var grammar in (string[])["guided_grammar", "guided_regex", "grammar"])
        {
            if (body.Find(grammar) is not null)
                throw new RequestException(400, $"'{grammar}' is not supported. Use 'response_format' with a JSON schema, or leave it out.", grammar, "unsupported_parameter");
        }

        var hasLogprobs = body.Flag("logprobs") ?? false;
        var top = body.Integer("top_logprobs", 0, CompletionSupport.MaxTopLogprobs);
        if (top is not null && !hasLogprobs)
            throw new RequestException(400, "'top_logprobs' needs 'logprobs' to be true.", "top_logprobs");
        var options = Options(body);
        if (hasLogprobs)
            (options.AdditionalProperties ??= [])[ModelOptionKeys.Logprobs] = top ?? 0;
        return new ChatRequest(new ReasonerRequest(ChatMessages.Read(body.Find("messages")), options), body.Text("model"))
        {
            Choices = body.Integer("n", 1, MaxChoices) ?? 1,
            Stream = body.Flag("stream") ?? false,
            StreamUsage = SamplingKeys.StreamUsage(body),
            Logprobs = hasLogprobs,
            TopLogprobs = top ?? 0,
            User = body.Text("user"),
        };
    }

    private static ChatOptions Options(BodyReader body)
    {
        var options = SamplingKeys.Read(body);
        options.MaxOutputTokens = body.Integer("max_completion_tokens", 1, int.MaxValue) ?? body.Integer("max_tokens", 1, int.MaxValue);
        options.AllowMultipleToolCalls = body.Flag("parallel_tool_calls");
        options.ResponseFormat = ToolKeys.Format(body.Find("response_format"), "response_format", "json_schema");
        options.Tools = ToolKeys.Tools(body.Find("tools"), "function");
        options.ToolMode = ToolKeys.Mode(body.Find("tool_choice"), "function");
        ToolKeys.Check(options);
        return options;
    }
}
