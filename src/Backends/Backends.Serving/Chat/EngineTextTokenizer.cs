using Backends.Abstractions;
using Backends.Serving.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>An engine's tokenizer and chat template, for those who ask how their text will be read.</summary>
internal sealed class EngineTextTokenizer(GenerationEngine engine) : ITextTokenizer
{
    public int ContextTokens => engine.ContextTokens;

    public int VocabularySize => engine.Template.Tokenizer.VocabularySize;

    public string EndToken => Chat.ChatTemplate.End;

    public string ChatTemplate => Chat.ChatTemplate.Jinja;

    public IReadOnlyList<int> Encode(string text) => engine.Template.Tokenizer.Encode(text);

    public IReadOnlyList<int> EncodeChat(IReadOnlyList<(string Role, string Text)> messages, bool addGenerationPrompt)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] chat = [.. messages.Select(m => new ChatMessage(Role(m.Role), m.Text))];
        return addGenerationPrompt ? engine.Template.EncodePrompt(chat, []) : engine.Template.EncodeConversation(chat, []).Ids;
    }

    public string Decode(IReadOnlyList<int> tokens) => engine.Template.Tokenizer.Decode([.. tokens]);

    public string TokenText(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, VocabularySize);
        return LogprobTrail.TextOf(engine.Template.Tokenizer, token);
    }

    private static ChatRole Role(string role) => role switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        "tool" => ChatRole.Tool,
        _ => throw new ArgumentException($"There is no role '{role}'; system, user, assistant or tool is needed.", nameof(role)),
    };
}
