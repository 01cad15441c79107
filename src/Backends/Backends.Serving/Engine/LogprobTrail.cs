using System.Text;
using Backends.Abstractions;
using Backends.Serving.Sampling;
using Backends.Serving.Tokenization;

namespace Backends.Serving.Engine;

/// <summary>Log-probabilities of a reply's tokens, held until the text that they stand for goes out.</summary>
/// <remarks>Thread safety: none; it belongs to one reply. Shape legend: V = the model's vocabulary.</remarks>
internal sealed class LogprobTrail(EngineTokenizer tokenizer, int top)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Stands for minus infinity, which JSON cannot say; OpenAI's number.</summary>
    private const double Impossible = -9999;

    private readonly Queue<TokenLogprob> _pending = [];

    /// <summary>A token and where its text begins.</summary>
    /// <param name="token">The token's id.</param>
    /// <param name="logits">Logits at its place, <c>[V]</c>; empty for the first token of a text, which nothing foretells.</param>
    /// <param name="offset">Characters before it.</param>
    public void Add(int token, ReadOnlySpan<float> logits, int offset) => _pending.Enqueue(Describe(token, logits, offset));

    /// <summary>Tokens whose text begins before a place, each once.</summary>
    public IReadOnlyList<TokenLogprob> Before(int offset)
    {
        if (_pending.Count == 0 || _pending.Peek().Offset >= offset) return [];
        List<TokenLogprob> taken = [];
        while (_pending.TryPeek(out var next) && next.Offset < offset) taken.Add(_pending.Dequeue());
        return taken;
    }

    /// <summary>All tokens that are left.</summary>
    public IReadOnlyList<TokenLogprob> Rest() => Before(int.MaxValue);

    /// <summary>Text of a token as <see cref="TokenLogprob.Token"/> has it.</summary>
    public static string TextOf(EngineTokenizer tokenizer, int token)
    {
        if (token >= tokenizer.VocabularySize) return FormattableString.Invariant($"token:{token}");
        var bytes = tokenizer.BytesOf(token).Span;
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return "bytes:" + string.Concat(bytes.ToArray().Select(b => $"\\x{b:x2}"));
        }
    }

    private TokenLogprob Describe(int token, ReadOnlySpan<float> logits, int offset)
    {
        if (logits.IsEmpty) return Named(token, null) with { Offset = offset };
        var sum = LogProbabilities.LogSum(logits);
        var likeliest = LogProbabilities.Top(logits, top);
        var all = new TokenLogprob[likeliest.Length];
        for (var i = 0; i < all.Length; i++) all[i] = Named(likeliest[i], Math.Max(Impossible, logits[likeliest[i]] - sum));
        return Named(token, Math.Max(Impossible, logits[token] - sum)) with { Offset = offset, Top = all };
    }

    private TokenLogprob Named(int token, double? logprob) => new(TextOf(tokenizer, token), token, logprob)
    {
        Bytes = token < tokenizer.VocabularySize ? Array.ConvertAll(tokenizer.BytesOf(token).ToArray(), b => (int)b) : [],
    };
}
