namespace Backends.Abstractions;

/// <summary>A decoder-only language model over token ids: the lowest of the offload contracts for tokens.</summary>
/// <remarks>
/// Thread safety: none. One engine thread owns a model and its sequences; callers queue work to that thread.
/// Shape legend: B = sequences in the batch, T = tokens of one call, V = <see cref="VocabularySize"/>.
/// </remarks>
public interface ITokenModel : IDisposable
{
    /// <summary>Number of token ids; logits have this many columns.</summary>
    int VocabularySize { get; }

    /// <summary>The most tokens that one sequence can hold.</summary>
    int ContextTokens { get; }

    /// <summary>Opens an empty sequence with a cache of its own.</summary>
    /// <returns>A sequence that the caller disposes.</returns>
    ITokenSequence Open();

    /// <summary>Feeds <paramref name="tokens"/> to one sequence and returns what follows the last of them.</summary>
    /// <param name="sequence">A sequence that this model opened.</param>
    /// <param name="tokens">Token ids in [0, V), T of them; the sequence grows by T.</param>
    /// <param name="logits">Receives the logits after the last token, <c>[V]</c>.</param>
    /// <exception cref="ArgumentException">No token, a token outside [0, V), or a span of another size.</exception>
    /// <exception cref="ContextOverflowException">The sequence would exceed <see cref="ContextTokens"/>.</exception>
    void Prefill(ITokenSequence sequence, ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>Feeds one token to each of several sequences of any lengths in one step.</summary>
    /// <param name="sequences">B different sequences that this model opened.</param>
    /// <param name="tokens">One token for each sequence, <c>[B]</c>.</param>
    /// <param name="logits">Receives the logits, <c>[B, V]</c> row by row.</param>
    /// <exception cref="ArgumentException">Lengths that do not agree, or a token outside [0, V).</exception>
    /// <exception cref="ContextOverflowException">A sequence would exceed <see cref="ContextTokens"/>.</exception>
    void Decode(IReadOnlyList<ITokenSequence> sequences, ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>Logits at every position of one text, without a cache: scoring and the oracle of the cached path.</summary>
    /// <param name="tokens">Token ids, T of them.</param>
    /// <param name="logits">Receives the logits, <c>[T, V]</c> row by row.</param>
    /// <exception cref="ArgumentException">No token, a token outside [0, V), or a span of another size.</exception>
    /// <exception cref="ContextOverflowException">T exceeds <see cref="ContextTokens"/>.</exception>
    void Score(ReadOnlySpan<int> tokens, Span<float> logits);

    /// <summary>Length of the vectors that <see cref="Embed"/> gives.</summary>
    int HiddenSize { get; }

    /// <summary>One vector for one text: the mean over its positions of the last hidden states, after the final norm, without a cache.</summary>
    /// <param name="tokens">Token ids, T of them.</param>
    /// <param name="embedding">Receives the vector, <c>[<see cref="HiddenSize"/>]</c>; its length is the model's, it is not made one.</param>
    /// <exception cref="ArgumentException">No token, a token outside [0, V), or a span of another size.</exception>
    /// <exception cref="ContextOverflowException">T exceeds <see cref="ContextTokens"/>.</exception>
    void Embed(ReadOnlySpan<int> tokens, Span<float> embedding);
}
