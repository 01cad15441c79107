using Backends.Serving.Chat;
using Backends.Serving.Tokenization;
using Backends.Torch;
using Backends.Torch.Llama;
using Backends.Training;

namespace Hub.Nano.Training;

/// <summary>Trains hub-nano from nothing to a model folder; goes on where an earlier process stopped.</summary>
public static class NanoTraining
{
    /// <summary>Number of token ids.</summary>
    public const int VocabularySize = 1280;

    /// <summary>Runs the recipe.</summary>
    /// <param name="options">Where to, how long, from which seed.</param>
    /// <param name="progress">Receives reports, or null.</param>
    /// <param name="cancellationToken">Stops after the step in hand; a checkpoint is written.</param>
    /// <exception cref="TrainingException">The checkpoint is damaged, or the loss is no number.</exception>
    public static TrainingResult Run(NanoTrainingOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Output);
        var tokenizerPath = Path.Combine(options.Output, "tokenizer.json");
        if (!File.Exists(tokenizerPath) && options.From is { } from)
            File.Copy(Path.Combine(from, "tokenizer.json"), tokenizerPath);
        if (!File.Exists(tokenizerPath))
            new EngineTokenizer(NanoTokenizer.Train(VocabularySize)).Save(tokenizerPath);
        var tokenizer = EngineTokenizer.Load(tokenizerPath);
        using var model = new LlamaModel(Config(tokenizer.VocabularySize), trainable: true, options.Device);
        model.Initialise(options.Seed);
        if (options.From is { } start)
            TorchTokenModel.LoadInto(model, start);
        var data = new NanoTrainingData(new ChatTemplate(tokenizer), options.Data);
        using var trainer = new Trainer(model, data, new TrainerOptions
        {
            TokenBudget = options.TokenBudget,
            LearningRate = options.LearningRate,
            MuonLearningRate = options.LearningRate,
            HoldFraction = options.HoldFraction,
            Precision = options.Precision,
            CheckpointPath = Path.Combine(options.Output, "checkpoint.bin"),
            CheckpointEverySteps = options.CheckpointEverySteps,
            LossLogPath = Path.Combine(options.Output, "loss.jsonl"),
        });
        var saving = new SavingProgress(() => TorchTokenModel.Save(model, options.Output), options.SaveEvery, progress);
        var result = trainer.Run(saving, cancellationToken);
        TorchTokenModel.Save(model, options.Output);
        LossPlot.Save(LossLog.Read(Path.Combine(options.Output, "loss.jsonl")), Path.Combine(options.Output, "loss.png"), "hub-nano");
        return result;
    }

    /// <summary>hub-nano's shape: about 3.5 million parameters.</summary>
    /// <param name="vocabulary">Number of token ids.</param>
    public static LlamaConfig Config(int vocabulary) => new()
    {
        Vocabulary = vocabulary,
        Hidden = 256,
        Layers = 4,
        Heads = 4,
        Intermediate = 704,
        Context = 1024,
        TiedEmbeddings = true,
        ConvolutionTaps = 4,
    };

    /// <summary>Saves the weights every so often, so that a training under way can be tried.</summary>
    private sealed class SavingProgress(Action save, TimeSpan every, IProgress<TrainingProgress>? inner) : IProgress<TrainingProgress>
    {
        private TimeSpan _saved;

        public void Report(TrainingProgress value)
        {
            inner?.Report(value);
            if (value.Elapsed - _saved < every)
                return;
            _saved = value.Elapsed;
            save();
        }
    }
}
