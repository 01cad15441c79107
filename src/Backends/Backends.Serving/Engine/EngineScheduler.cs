using System.Buffers;
using Backends.Abstractions;
using Backends.Serving.Sampling;

namespace Backends.Serving.Engine;

/// <summary>Iteration-level scheduling: prompts are prefilled as they are admitted, all active sequences are decoded in one batch.</summary>
/// <remarks>
/// Plain data and one thread; the engine's loop calls it. Shape legend: B = active sequences, V = vocabulary.
/// Source: Yu et al. 2022, Orca (OSDI '22), iteration-level scheduling; without chunked prefill and preemption, which small models do not need.
/// </remarks>
internal sealed class EngineScheduler(ITokenModel model, EngineOptions options) : IDisposable
{
    private readonly List<(Generation Generation, ITokenSequence Sequence)> _active = [];
    private readonly KeptSequences _kept = new(options.MaxKeptSequences);
    private readonly Sampler _sampler = new();
    private readonly bool[] _mask = new bool[model.VocabularySize];      // [V]
    private float[] _logits = new float[model.VocabularySize];           // [B, V]

    public int ActiveCount => _active.Count;

    public bool HasRoom => _active.Count < options.MaxActiveSequences;

    /// <summary>Feeds the prompt and chooses the first token.</summary>
    public void Admit(Generation generation)
    {
        if (IsCancelled(generation) || !TryScore(generation)) return;
        if (generation.IsDone)
        {
            generation.Complete();
            return;
        }
        var sequence = _kept.Take(generation.Tokens);
        generation.ReusedTokens = sequence?.Length ?? 0;
        Start(generation, sequence);
    }

    /// <summary>Writes one token of every active reply.</summary>
    public void Step()
    {
        RemoveCancelled();
        if (_active.Count == 0) return;

        var vocabulary = model.VocabularySize;
        if (_logits.Length < _active.Count * vocabulary) _logits = new float[options.MaxActiveSequences * vocabulary];
        var logits = _logits.AsSpan(0, _active.Count * vocabulary);
        var batch = _active.ToArray();
        try
        {
            model.Decode([.. batch.Select(a => a.Sequence)], batch.Select(a => a.Generation.Tokens[^1]).ToArray(), logits);
        }
        catch (Exception)
        {
            // Which sequence is at fault shows when each goes on by itself; its own failure then reaches its own caller.
            Restart(batch);
            return;
        }
        _active.Clear();
        for (var i = 0; i < batch.Length; i++) Accept(batch[i].Generation, batch[i].Sequence, logits.Slice(i * vocabulary, vocabulary));
    }

    /// <summary>Ends every active reply with an error.</summary>
    public void FailAll(Exception error)
    {
        foreach (var (generation, sequence) in _active)
        {
            sequence.Dispose();
            generation.Fail(error);
        }
        _active.Clear();
    }

    public void Dispose()
    {
        foreach (var (_, sequence) in _active) sequence.Dispose();
        _active.Clear();
        _kept.Dispose();
    }

    /// <summary>Scores a prompt where that is asked for; a reply of one token is then done without a cache.</summary>
    /// <returns>False where scoring failed.</returns>
    private bool TryScore(Generation generation)
    {
        if (!generation.NeedsScore) return true;
        var rows = ArrayPool<float>.Shared.Rent(generation.Tokens.Length * model.VocabularySize);
        try
        {
            var logits = rows.AsSpan(0, generation.Tokens.Length * model.VocabularySize);
            model.Score(generation.Tokens, logits);
            generation.AcceptScores(logits);
            if (!generation.IsDone && generation.IsOneToken) generation.Accept(logits[^model.VocabularySize..], _sampler, _mask);
            return true;
        }
        catch (Exception error)
        {
            // Boundary: whatever the model threw ends this reply alone and is thrown to its caller.
            generation.Fail(error);
            return false;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rows);
        }
    }

    private void Start(Generation generation, ITokenSequence? sequence)
    {
        try
        {
            sequence ??= model.Open();
            model.Prefill(sequence, generation.Tokens[sequence.Length..], _logits.AsSpan(0, model.VocabularySize));
        }
        catch (Exception error)
        {
            // Boundary: whatever the model threw ends this reply alone and is thrown to its caller.
            sequence?.Dispose();
            generation.Fail(error);
            return;
        }
        Accept(generation, sequence, _logits.AsSpan(0, model.VocabularySize));
    }

    // The caches' state is unknown after a failed batch: feed every sequence afresh.
    private void Restart((Generation Generation, ITokenSequence Sequence)[] batch)
    {
        _active.Clear();
        foreach (var (_, sequence) in batch) sequence.Dispose();
        foreach (var (generation, _) in batch) Start(generation, null);
    }

    private void Accept(Generation generation, ITokenSequence sequence, ReadOnlySpan<float> logits)
    {
        try
        {
            generation.Accept(logits, _sampler, _mask);
        }
        catch (Exception error)
        {
            // Boundary: logits that no token can be chosen from end this reply alone.
            sequence.Dispose();
            generation.Fail(error);
            return;
        }
        if (!generation.IsDone)
        {
            _active.Add((generation, sequence));
            return;
        }
        if (options.MaxKeptSequences > 0) _kept.Add(generation.Tokens, sequence);
        else sequence.Dispose();
        generation.Complete();
    }

    private void RemoveCancelled()
    {
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            if (!IsCancelled(_active[i].Generation)) continue;
            _active[i].Sequence.Dispose();
            _active.RemoveAt(i);
        }
    }

    private static bool IsCancelled(Generation generation)
    {
        if (!generation.Cancelled.IsCancellationRequested) return false;
        generation.Fail(new OperationCanceledException(generation.Cancelled));
        return true;
    }
}
