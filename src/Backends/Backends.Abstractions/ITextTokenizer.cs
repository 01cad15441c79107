namespace Backends.Abstractions;

/// <summary>Text to a model's tokens and back; a service of a chat client whose tokenizer is known.</summary>
/// <remarks>Thread safety: all members.</remarks>
public interface ITextTokenizer
{
    /// <summary>The most tokens that prompt and answer may have together.</summary>
    int ContextTokens { get; }

    /// <summary>One more than the highest token id.</summary>
    int VocabularySize { get; }

    /// <summary>Text of the token that ends an answer.</summary>
    string EndToken { get; }

    /// <summary>How a conversation becomes a prompt, as a Jinja template over <c>messages</c> and <c>add_generation_prompt</c>.</summary>
    string ChatTemplate { get; }

    /// <summary>Token ids of a text; control tokens in it are meant.</summary>
    /// <param name="text">Any text.</param>
    IReadOnlyList<int> Encode(string text);

    /// <summary>Token ids of a conversation, its texts being nothing but text.</summary>
    /// <param name="messages">Roles (system, user, assistant, tool) and texts.</param>
    /// <param name="addGenerationPrompt">Whether the next answer is to begin after them.</param>
    /// <exception cref="ArgumentException">A role is none of these.</exception>
    IReadOnlyList<int> EncodeChat(IReadOnlyList<(string Role, string Text)> messages, bool addGenerationPrompt);

    /// <summary>Text of token ids; bytes that are no characters become U+FFFD.</summary>
    /// <param name="tokens">Ids in [0, <see cref="VocabularySize"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not of the vocabulary.</exception>
    string Decode(IReadOnlyList<int> tokens);

    /// <summary>Text of one token, as <see cref="TokenLogprob.Token"/> has it.</summary>
    /// <param name="token">An id in [0, <see cref="VocabularySize"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not of the vocabulary.</exception>
    string TokenText(int token);
}
