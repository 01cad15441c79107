using System.Runtime.InteropServices;
using Backends.Abstractions;

namespace Backends.Serving.Tests.Engine;

/// <summary>A model without weights: logits are a hash of the sequence's tokens, or point at the token that a script asks for.</summary>
internal sealed class FakeTokenModel(int vocabularySize, int contextTokens = 512, Func<IReadOnlyList<int>, int>? script = null) : ITokenModel
{
    private int _openSequences;

    public int VocabularySize => vocabularySize;

    public int ContextTokens => contextTokens;

    public bool IsDisposed { get; private set; }

    public int OpenSequences => Volatile.Read(ref _openSequences);

    public int LargestBatch { get; private set; }

    public int PrefilledTokens { get; private set; }

    /// <summary>A sequence with this token makes every call that it takes part in throw.</summary>
    public int PoisonToken { get; init; } = -1;

    /// <summary>Runs before every prefill and decode, on the engine's thread.</summary>
    public Action BeforeCall { get; set; } = static () => { };

    /// <summary>Planted fault: logits leak from one sequence of a batch into the next.</summary>
    public bool LeaksInBatches { get; init; }

    /// <summary>Planted fault: a continued cache forgets its first token.</summary>
    public bool ForgetsOnPrefill { get; init; }

    public ITokenSequence Open()
    {
        Interlocked.Increment(ref _openSequences);
        return new Sequence(this);
    }

    public void Prefill(ITokenSequence sequence, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        BeforeCall();
        PrefilledTokens += tokens.Length;
        var own = (Sequence)sequence;
        if (ForgetsOnPrefill && own.Length > 0) own.Tokens[0]++;
        Feed(own, tokens);
        Logits(own.Tokens, logits);
    }

    public void Decode(IReadOnlyList<ITokenSequence> sequences, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        BeforeCall();
        LargestBatch = Math.Max(LargestBatch, sequences.Count);
        for (var i = 0; i < sequences.Count; i++)
        {
            var own = (Sequence)sequences[i];
            Feed(own, tokens.Slice(i, 1));
            Logits(own.Tokens, logits.Slice(i * vocabularySize, vocabularySize));
            if (LeaksInBatches && i > 0) logits[(i * vocabularySize) + tokens[0]] += 3;
        }
    }

    public void Score(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        for (var t = 0; t < tokens.Length; t++) Logits(tokens[..(t + 1)].ToArray(), logits.Slice(t * vocabularySize, vocabularySize));
    }

    public int HiddenSize => 8;

    /// <summary>The sum of a hash vector for each token.</summary>
    public void Embed(ReadOnlySpan<int> tokens, Span<float> embedding)
    {
        if (tokens.Length > contextTokens) throw new ContextOverflowException(tokens.Length, contextTokens);
        embedding.Clear();
        foreach (var token in tokens)
        {
            var random = new Random(token);
            foreach (ref var value in embedding) value += random.NextSingle() - 0.5f;
        }
    }

    public void Dispose() => IsDisposed = true;

    private void Feed(Sequence sequence, ReadOnlySpan<int> tokens)
    {
        if (sequence.IsClosed) throw new InvalidOperationException("The sequence was disposed.");
        if (tokens.IsEmpty) throw new ArgumentException("No token.", nameof(tokens));
        if (sequence.Length + tokens.Length > contextTokens) throw new ContextOverflowException(sequence.Length + tokens.Length, contextTokens);
        sequence.Tokens.AddRange(tokens);
        if (sequence.Tokens.Contains(PoisonToken)) throw new InvalidOperationException($"Token {PoisonToken} is poison.");
    }

    private void Logits(IReadOnlyList<int> tokens, Span<float> logits)
    {
        var hash = 17u;
        foreach (var token in tokens) hash = (hash * 31) + (uint)token + 7;
        var random = new Random(unchecked((int)hash));
        foreach (ref var logit in logits) logit = (random.NextSingle() * 8) - 4;
        if (script is not null) logits[script(tokens)] = 100;
    }

    private sealed class Sequence(FakeTokenModel model) : ITokenSequence
    {
        public List<int> Tokens { get; } = [];

        public bool IsClosed { get; private set; }

        public int Length => Tokens.Count;

        public void Dispose()
        {
            if (IsClosed) return;
            IsClosed = true;
            Interlocked.Decrement(ref model._openSequences);
        }
    }
}
