using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Backends.Abstractions;
using Backends.Serving.Chat;

namespace Backends.Serving.Engine;

/// <summary>Runs a token model on a thread of its own and answers many requests at once.</summary>
/// <remarks>
/// One thread owns the model and its sequences; requests wait in a bounded queue, are admitted between two steps and decoded together.
/// Thread safety: all members. Limits: see <see cref="EngineOptions"/>.
/// </remarks>
public sealed class GenerationEngine : IDisposable
{
    private readonly ITokenModel _model;
    private readonly EngineOptions _options;
    private readonly BlockingCollection<IEngineWork> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _thread;
    private readonly Lock _disposing = new();
    private Exception? _broken;
    private bool _isDisposed;

    /// <summary>Starts the engine.</summary>
    /// <param name="model">The model; the engine owns it from now on and disposes it.</param>
    /// <param name="template">Template and tokenizer that the model was trained with.</param>
    /// <param name="options">Limits; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The tokenizer has more tokens than the model.</exception>
    public GenerationEngine(ITokenModel model, ChatTemplate template, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(template);
        if (template.Tokenizer.VocabularySize > model.VocabularySize)
            throw new ArgumentException(
                $"The tokenizer has {template.Tokenizer.VocabularySize} tokens and the model {model.VocabularySize}; " +
                "they do not belong together.", nameof(template));
        (_model, Template, _options) = (model, template, (options ?? new EngineOptions()).Validated());
        _queue = new BlockingCollection<IEngineWork>(_options.MaxQueuedRequests);
        _thread = new Thread(Run) { IsBackground = true, Name = "hub-engine" };
        _thread.Start();
    }

    /// <summary>Template and tokenizer of the model.</summary>
    public ChatTemplate Template { get; }

    /// <summary>Generates one reply; the request is queued when the first event is asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Takes the request out of the queue or the batch; leaving the enumeration early does the same.</param>
    /// <returns>Events, the last being a <see cref="GenerationEnded"/>.</returns>
    /// <exception cref="ContextOverflowException">The prompt fills the model's context.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed before the reply ended.</exception>
    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(
        GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var generation = new Generation(request, Template, _model, abandoned.Token);
        Enqueue(generation);
        try
        {
            await foreach (var item in generation.Events.ReadAllAsync(cancellationToken)) yield return item;
        }
        finally
        {
            await abandoned.CancelAsync();
        }
    }

    /// <summary>The most tokens that one sequence can hold.</summary>
    public int ContextTokens => _model.ContextTokens;

    /// <summary>Length of the vectors of <see cref="EmbedAsync"/>.</summary>
    public int HiddenSize => _model.HiddenSize;

    /// <summary>One vector for one text: the mean of the model's last hidden states, scaled to length 1.</summary>
    /// <param name="tokens">Token ids; at least one, at most the model's context.</param>
    /// <param name="cancellationToken">Takes it out of the queue.</param>
    /// <returns>A vector of <see cref="HiddenSize"/>.</returns>
    /// <exception cref="ContextOverflowException">There are more tokens than the model's context holds.</exception>
    /// <exception cref="ArgumentException">There is no token, or one that is not of the vocabulary.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    public Task<float[]> EmbedAsync(IReadOnlyList<int> tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var work = new EmbeddingWork(tokens, cancellationToken);
        Enqueue(work);
        return work.Vector;
    }

    /// <summary>Ends every reply with <see cref="ObjectDisposedException"/>, waits for the engine's thread and disposes the model.</summary>
    public void Dispose()
    {
        lock (_disposing)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }
        _stopping.Cancel();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Enqueue(IEngineWork work)
    {
        try
        {
            if (_queue.TryAdd(work)) return;
        }
        catch (InvalidOperationException)
        {
            // The queue takes nothing more: the thread has ended or is about to.
            throw _broken ?? Disposed();
        }
        throw new EngineBusyException(_options.MaxQueuedRequests);
    }

    private void Run()
    {
        var scheduler = new EngineScheduler(_model, _options);
        Exception end = Disposed();
        try
        {
            while (!_stopping.IsCancellationRequested) RunOnce(scheduler);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed while the queue was empty: an end like any other.
        }
        catch (Exception error)
        {
            // Boundary of the thread: a fault of the engine itself reaches every caller, now and later, instead of ending the process.
            end = _broken = new InvalidOperationException($"The engine stopped on a fault of its own: {error.Message}", error);
        }
        _queue.CompleteAdding();
        scheduler.FailAll(end);
        foreach (var waiting in _queue.GetConsumingEnumerable()) waiting.Fail(end);
        scheduler.Dispose();
        _model.Dispose();
    }

    private void RunOnce(EngineScheduler scheduler)
    {
        if (scheduler.ActiveCount == 0) Take(scheduler, _queue.Take(_stopping.Token));
        // What is waiting now is taken, not what comes meanwhile: replies under way wait for at most one round of it.
        for (var waiting = _queue.Count; waiting > 0 && scheduler.HasRoom && _queue.TryTake(out var next); waiting--) Take(scheduler, next);
        scheduler.Step();
    }

    private void Take(EngineScheduler scheduler, IEngineWork work)
    {
        if (work is EmbeddingWork embedding) embedding.Run(_model);
        else scheduler.Admit((Generation)work);
    }

    private static ObjectDisposedException Disposed() =>
        new(nameof(GenerationEngine), "The engine was disposed before the reply ended. Keep the engine alive while requests run.");
}
