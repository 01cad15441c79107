using Backends.Abstractions;
using Backends.Torch.Llama;
using Backends.Torch.Safetensors;
using TorchSharp;

namespace Backends.Torch;

/// <summary>A Llama-family model as the engine's token model: cached prefill, batched decoding of sequences of any lengths, scoring.</summary>
/// <remarks>
/// f32 on the CPU. Arguments are checked before anything changes: after an argument or overflow error every sequence is as it was;
/// after any other failure (memory that ran out) dispose the sequences of the call.
/// Thread safety: none; one thread owns the model and its sequences.
/// </remarks>
public sealed class TorchTokenModel : ITokenModel
{
    /// <summary>Tokens that pass the layers at once; a longer prompt goes in pieces, which bounds the memory of its attention.</summary>
    public const int PrefillPiece = 512;

    /// <summary>The most sequences of one <see cref="Decode"/>.</summary>
    public const int MaxBatch = 1_024;

    private readonly LlamaModel _model;
    private readonly TorchTokenModelDecoder _decoder;
    private bool _isDisposed;

    /// <summary>Takes a model over; its parameters may still be changed in place by a trainer between calls.</summary>
    /// <param name="model">The model; this object disposes it.</param>
    public TorchTokenModel(LlamaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _decoder = new TorchTokenModelDecoder(model.Config, model.Parameters);
    }

    /// <summary>The model's sizes.</summary>
    public LlamaConfig Config => _model.Config;

    /// <inheritdoc/>
    public int VocabularySize => Config.Vocabulary;

    /// <inheritdoc/>
    public int ContextTokens => Config.Context;

    /// <summary>Loads a model folder in Hugging Face's layout: <c>config.json</c> and safetensors weights, whole or in shards.</summary>
    /// <param name="folder">Folder of one model.</param>
    /// <returns>A model that the caller disposes.</returns>
    /// <exception cref="FormatException">The configuration is missing, damaged or asks for what the engine lacks.</exception>
    /// <exception cref="SafetensorsException">The weights are missing, damaged or of other shapes than the configuration.</exception>
    public static TorchTokenModel Load(string folder)
    {
        var model = TorchTokenModelFolder.Load(folder);
        try
        {
            return new TorchTokenModel(model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Reads a folder's weights into a model of the same shape, to train it further.</summary>
    /// <param name="model">The model; its weights are replaced.</param>
    /// <param name="folder">Folder of one model.</param>
    /// <exception cref="SafetensorsException">The weights are missing, damaged or of other shapes than the model's.</exception>
    public static void LoadInto(LlamaModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        TorchTokenModelFolder.LoadInto(model, folder);
    }

    /// <summary>Writes a model as a folder that <see cref="Load"/> reads.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="folder">Folder, made if it is missing; files of the same names are replaced, each whole or not at all.</param>
    /// <param name="metadata">Free text to store with the weights, or null.</param>
    /// <exception cref="IOException">The disk is full or the folder cannot be made.</exception>
    public static void Save(LlamaModel model, string folder, IReadOnlyDictionary<string, string>? metadata = null) =>
        TorchTokenModelFolder.Save(model, folder, metadata);

    /// <inheritdoc/>
    public ITokenSequence Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new TorchTokenSequence(this, Config);
    }

    /// <inheritdoc/>
    public void Prefill(ITokenSequence sequence, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        var own = Own(sequence);
        CheckTokens(tokens);
        CheckLogits(logits, 1);
        CheckRoom(own.Length, tokens.Length);
        own.Reserve(own.Length + tokens.Length);
        for (var at = 0; at < tokens.Length; at += PrefillPiece)
        {
            var piece = tokens.Slice(at, Math.Min(PrefillPiece, tokens.Length - at));
            _decoder.Step([new TorchTokenModelDecoder.Segment(own, 0, piece.Length)], piece, logits);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Also a sequence that occurs twice, none, or more than <see cref="MaxBatch"/>.</exception>
    public void Decode(IReadOnlyList<ITokenSequence> sequences, ReadOnlySpan<int> tokens, Span<float> logits)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count != tokens.Length || sequences.Count > MaxBatch)
            throw new ArgumentException($"{tokens.Length} tokens for {sequences.Count} sequences; one for each of 1 to {MaxBatch} is needed.", nameof(tokens));
        CheckTokens(tokens);
        CheckLogits(logits, tokens.Length);
        var segments = sequences.Select((sequence, row) => new TorchTokenModelDecoder.Segment(Own(sequence), row, 1)).ToArray();
        if (segments.Select(s => s.Sequence).Distinct().Count() < segments.Length)
            throw new ArgumentException("A sequence occurs twice in the batch; each may take one token a step.", nameof(sequences));
        foreach (var segment in segments)
            CheckRoom(segment.Sequence.Length, 1);
        foreach (var segment in segments)
            segment.Sequence.Reserve(segment.Sequence.Length + 1);
        _decoder.Step(segments, tokens, logits);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        CheckTokens(tokens);
        CheckLogits(logits, tokens.Length);
        CheckRoom(0, tokens.Length);
        using var scope = torch.NewDisposeScope();
        var scored = _model.Logits(Ids(tokens)).contiguous();
        for (var row = 0; row < tokens.Length; row++)
            TensorMemory.Floats(scored, (long)row * VocabularySize, VocabularySize).CopyTo(logits[(row * VocabularySize)..]);
    }

    /// <inheritdoc/>
    public int HiddenSize => Config.Hidden;

    /// <inheritdoc/>
    public void Embed(ReadOnlySpan<int> tokens, Span<float> embedding)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        CheckTokens(tokens);
        CheckRoom(0, tokens.Length);
        if (embedding.Length != HiddenSize)
            throw new ArgumentException($"The span for the vector holds {embedding.Length} floats; {HiddenSize} are needed.", nameof(embedding));
        using var scope = torch.NewDisposeScope();
        var mean = _model.MeanState(Ids(tokens)).contiguous();
        TensorMemory.Floats(mean, 0, HiddenSize).CopyTo(embedding);
    }

    /// <summary>Frees the model; sequences that are still open must not be used any more, only disposed.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _decoder.Dispose();
        _model.Dispose();
    }

    private TorchTokenSequence Own(ITokenSequence sequence)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(sequence);
        if (sequence is not TorchTokenSequence own || own.Owner != this)
            throw new ArgumentException("The sequence belongs to another model. Open it on the model that it is fed to.", nameof(sequence));
        ObjectDisposedException.ThrowIf(own.IsDisposed, own);
        return own;
    }

    private static torch.Tensor Ids(ReadOnlySpan<int> tokens) => torch.tensor(Array.ConvertAll(tokens.ToArray(), token => (long)token), 1, tokens.Length);

    private void CheckTokens(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
            throw new ArgumentException("No token was given; at least one is needed.", nameof(tokens));
        foreach (var token in tokens)
        {
            if ((uint)token >= (uint)VocabularySize)
                throw new ArgumentException(OutsideVocabulary(token), nameof(tokens));
        }
    }

    private string OutsideVocabulary(int token) =>
        $"Token {token} is outside the vocabulary; 0 to {VocabularySize - 1} is needed. Is the tokenizer that of this model?";

    private void CheckLogits(Span<float> logits, int rows)
    {
        if (logits.Length != (long)rows * VocabularySize)
            throw new ArgumentException($"The span for logits holds {logits.Length} floats; {rows} x {VocabularySize} are needed.", nameof(logits));
    }

    private void CheckRoom(int held, int tokens)
    {
        if (tokens > ContextTokens - held)
            throw new ContextOverflowException(held + tokens, ContextTokens);
    }
}
