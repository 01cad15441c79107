using System.Text.Json;
using Backends.Serving.Tokenization;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>The engine's chat format: messages and tools to tokens, and the model's tokens back to contents.</summary>
/// <remarks>
/// <code>
/// &lt;|tools|&gt;NAME: DESCRIPTION Arguments: SCHEMA\n…            only with tools
/// &lt;|system|&gt;TEXT&lt;|end|&gt; &lt;|user|&gt;TEXT&lt;|end|&gt; &lt;|assistant|&gt;TEXT&lt;|end|&gt;   (no spaces between)
/// &lt;|assistant|&gt;TEXT&lt;|call|&gt;NAME {"key":value}&lt;|call|&gt;…&lt;|end|&gt;     TEXT may be missing
/// &lt;|result|&gt;TEXT&lt;|end|&gt;                                        one for each result
/// &lt;|assistant|&gt;                                                the reply starts here
/// </code>
/// Texts are encoded with <see cref="EngineTokenizer.EncodeText"/>: nobody can write a role marker by typing it. Thread safety: all members.
/// </remarks>
public sealed class ChatTemplate
{
    /// <summary>Starts the tool lines.</summary>
    public const string Tools = "<|tools|>";

    /// <summary>Starts a system message.</summary>
    public const string System = "<|system|>";

    /// <summary>Starts a user message.</summary>
    public const string User = "<|user|>";

    /// <summary>Starts an assistant message.</summary>
    public const string Assistant = "<|assistant|>";

    /// <summary>Starts a tool call inside an assistant message.</summary>
    public const string Call = "<|call|>";

    /// <summary>Starts the result of a tool call.</summary>
    public const string Result = "<|result|>";

    /// <summary>Ends a message.</summary>
    public const string End = "<|end|>";

    /// <summary>The template without tools, in the form that other programs read: Jinja over <c>messages</c> and <c>add_generation_prompt</c>.</summary>
    public const string Jinja =
        "{% for message in messages %}{% if message['role'] == 'tool' %}<|result|>{% else %}<|{{ message['role'] }}|>{% endif %}" +
        "{{ message['content'] }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private readonly int _tools, _system, _user, _assistant, _result;

    /// <summary>Creates the template over a tokenizer that has the control tokens.</summary>
    /// <param name="tokenizer">Has every token of <see cref="ControlTokens"/> as a special added token.</param>
    /// <exception cref="ArgumentException">A control token is missing; the message names it.</exception>
    public ChatTemplate(EngineTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        Tokenizer = tokenizer;
        (_tools, _system, _user, _assistant, _result) = (Id(Tools), Id(System), Id(User), Id(Assistant), Id(Result));
        (CallId, EndId) = (Id(Call), Id(End));
    }

    /// <summary>The control tokens that a tokenizer for this template is trained with, all special.</summary>
    public static IReadOnlyList<AddedToken> ControlTokens { get; } =
        [.. new[] { Tools, System, User, Assistant, Call, Result, End }.Select(content => new AddedToken(content, Special: true))];

    /// <summary>Turns this template's texts into ids and back.</summary>
    public EngineTokenizer Tokenizer { get; }

    /// <summary>Token that starts a call; the model writes it.</summary>
    public int CallId { get; }

    /// <summary>Token that ends a message; the model writes it last.</summary>
    public int EndId { get; }

    /// <summary>Tokens of a prompt that asks for the next assistant message.</summary>
    /// <param name="messages">The conversation so far.</param>
    /// <param name="tools">Tools that the model may call natively; none where it calls them in text or not at all.</param>
    /// <returns>Token ids, the last one being the assistant's role marker.</returns>
    /// <exception cref="NotSupportedException">A message holds content that is neither text nor a call nor a result, or an unknown role.</exception>
    public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var builder = Render(messages, tools);
        builder.Ids.Add(_assistant);
        return [.. builder.Ids];
    }

    /// <summary>Tokens of a whole conversation with the marks for training.</summary>
    /// <param name="messages">The conversation; its assistant messages are what the model is to learn.</param>
    /// <param name="tools">Tools that the model may call natively.</param>
    /// <returns>Tokens and marks.</returns>
    /// <exception cref="NotSupportedException">A message holds content that is neither text nor a call nor a result, or an unknown role.</exception>
    public ChatTokens EncodeConversation(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var builder = Render(messages, tools);
        return new ChatTokens([.. builder.Ids], [.. builder.IsWritten()]);
    }

    /// <summary>The text of a call as it stands after the call token: name, space, compact JSON.</summary>
    /// <param name="call">The call.</param>
    /// <returns>For example <c>calculator__add {"a":1,"b":2}</c>.</returns>
    public static string FormatCall(FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return $"{call.Name} {JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), ToolLine.CompactJson)}";
    }

    /// <summary>Reads back what <see cref="FormatCall"/> wrote.</summary>
    /// <param name="text">What the model wrote after the call token.</param>
    /// <param name="callId">Id of the call.</param>
    /// <returns>The call; its <see cref="FunctionCallContent.Exception"/> is set where the arguments are no JSON object.</returns>
    public static FunctionCallContent ParseCall(string text, string callId)
    {
        ArgumentNullException.ThrowIfNull(text);
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? text.Trim() : text[..space];
        var arguments = space < 0 ? "{}" : text[(space + 1)..];
        return FunctionCallContent.CreateFromParsedArguments(arguments, callId, name, static json =>
            JsonSerializer.Deserialize<Dictionary<string, object?>>(json) ?? throw new JsonException("The arguments are null; a JSON object was needed."));
    }

    /// <summary>Contents of a finished reply.</summary>
    /// <param name="reply">The tokens that the model wrote, without the end token.</param>
    /// <param name="firstCallNumber">Number of the first call; ids are <c>call_1</c>, <c>call_2</c> and so on.</param>
    /// <returns>A text, if there is any, then the calls.</returns>
    public IReadOnlyList<AIContent> ParseReply(ReadOnlySpan<int> reply, int firstCallNumber = 1)
    {
        var contents = new List<AIContent>();
        var callAt = reply.IndexOf(CallId);
        var text = Tokenizer.Decode(callAt < 0 ? reply : reply[..callAt]);
        if (text.Length > 0) contents.Add(new TextContent(text));
        while (callAt >= 0)
        {
            reply = reply[(callAt + 1)..];
            callAt = reply.IndexOf(CallId);
            contents.Add(ParseCall(Tokenizer.Decode(callAt < 0 ? reply : reply[..callAt]), CallName(firstCallNumber++)));
        }
        return contents;
    }

    internal static string CallName(int number) => $"call_{number}";

    private Builder Render(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(tools);
        var builder = new Builder(Tokenizer);
        if (tools.Count > 0)
        {
            builder.Ids.Add(_tools);
            builder.Text(string.Concat(tools.Select(t => ToolLine.Format(t) + "\n")));
        }
        foreach (var message in messages) Render(builder, message);
        return builder;
    }

    private void Render(Builder builder, ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
        {
            foreach (var content in message.Contents) RenderResult(builder, content);
            return;
        }
        builder.Ids.Add(RoleId(message.Role));
        var start = builder.Ids.Count;
        builder.Text(string.Concat(message.Contents.Where(c => c is not FunctionCallContent).Select(TextOf)));
        foreach (var call in message.Contents.OfType<FunctionCallContent>())
        {
            builder.Ids.Add(CallId);
            builder.Text(FormatCall(call));
        }
        builder.Ids.Add(EndId);
        if (message.Role == ChatRole.Assistant) builder.Written.Add(start..builder.Ids.Count);
    }

    private void RenderResult(Builder builder, AIContent content)
    {
        builder.Ids.Add(_result);
        builder.Text(content is FunctionResultContent result ? ResultText(result) : TextOf(content));
        builder.Ids.Add(EndId);
    }

    private static string ResultText(FunctionResultContent result) => result switch
    {
        { Result: string text } => text,
        { Result: JsonElement { ValueKind: JsonValueKind.String } json } => json.GetString() ?? "",
        { Result: null, Exception: { } error } => $"Error: {error.Message}",
        { Result: var value } => JsonSerializer.Serialize(value, ToolLine.CompactJson),
    };

    private static string TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent or UsageContent => "",
        _ when content.GetType() == typeof(AIContent) => "", // facts about an answer (log-probabilities), not part of it
        _ => throw new NotSupportedException($"The engine's chat template has no form for {content.GetType().Name}; send text, tool calls and tool results."),
    };

    private int RoleId(ChatRole role) =>
        role == ChatRole.System ? _system
        : role == ChatRole.User ? _user
        : role == ChatRole.Assistant ? _assistant
        : throw new NotSupportedException($"The engine's chat template has no role '{role.Value}'; it knows system, user, assistant and tool.");

    private int Id(string content) => Tokenizer.TryGetAddedToken(content, out var id) && Tokenizer.IsControl(id)
        ? id
        : throw new ArgumentException(
            $"The tokenizer has no special added token '{content}', which the chat template needs; train it with {nameof(ControlTokens)}.");

    private sealed class Builder(EngineTokenizer tokenizer)
    {
        public List<int> Ids { get; } = [];

        public List<Range> Written { get; } = [];

        public void Text(string text) => Ids.AddRange(tokenizer.EncodeText(text));

        public bool[] IsWritten()
        {
            var marks = new bool[Ids.Count];
            foreach (var range in Written) marks.AsSpan(range).Fill(true);
            return marks;
        }
    }
}
