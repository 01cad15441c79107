using Backends.Torch.Llama;

namespace Backends.Training.Characters;

/// <summary>Trains a small Llama on the characters of one text: the smallest whole training, and the check of the trainer.</summary>
public static class CharacterTraining
{
    private const int MeasuredRows = 64;

    /// <summary>Trains on the start of a text and measures on its end.</summary>
    /// <param name="text">The text; its end must be longer than one block.</param>
    /// <param name="options">Sizes and settings.</param>
    /// <param name="progress">Receives a report every few steps.</param>
    /// <param name="cancellationToken">Ends the training after the step in hand.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="ArgumentException">A text or settings that do not fit.</exception>
    /// <exception cref="TrainingException">The training left the numbers, or its checkpoint does not fit.</exception>
    public static CharacterTrainingResult Run(
        string text, CharacterTrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var vocabulary = new CharacterVocabulary(text);
        var ids = vocabulary.Encode(text);
        var cut = (int)(ids.Length * (1 - options.HeldOut));
        using var model = new LlamaModel(Config(options, vocabulary.Count), trainable: true, options.Device);
        model.Initialise(options.Seed);
        var data = new CharacterBlocks(ids[..cut], options.Batch, options.Block, options.Seed, options.ShuffleTargets);
        using var trainer = new Trainer(model, data, options.Trainer);
        var result = trainer.Run(progress, cancellationToken);
        double? loss = result.Completed ? Measure(model, ids[cut..], options.Block) : null;
        return new CharacterTrainingResult(result, loss, vocabulary.Count, model.Parameters.Count);
    }

    /// <summary>Mean loss over a whole text cut into blocks side by side; a last piece shorter than a block is left out.</summary>
    internal static double Measure(LlamaModel model, int[] ids, int width)
    {
        var blocks = (ids.Length - 1) / width;
        double sum = 0;
        for (var first = 0; first < blocks; first += MeasuredRows)
        {
            var rows = Math.Min(MeasuredRows, blocks - first);
            long[] input = new long[rows * width], targets = new long[rows * width];
            for (var row = 0; row < rows; row++)
                CharacterBlocks.Block(ids, (first + row) * width, width, input.AsSpan(row * width), targets.AsSpan(row * width));
            var batch = new TrainingBatch(input, rows, width, [.. Enumerable.Range(0, input.Length).Select(i => (long)i)], targets, input.Length);
            sum += BatchLoss.Forward(model, batch, ComputePrecision.Full).Loss * rows;
        }

        return sum / blocks;
    }

    private static LlamaConfig Config(CharacterTrainingOptions options, int characters) => new()
    {
        Vocabulary = characters,
        Hidden = options.Width,
        Layers = options.Layers,
        Heads = options.Heads,
        Intermediate = options.Intermediate,
        Context = options.Block,
        ConvolutionTaps = options.ConvolutionTaps,
    };
}
