using Backends.Torch.Llama;
using Backends.Training.Checkpoints;
using Backends.Training.Optimizers;

namespace Backends.Training;

/// <summary>Trains a model on batches until a limit, with checkpoints from which a later process goes on bit for bit.</summary>
/// <remarks>
/// Not thread-safe. While <see cref="Run"/> runs, the model may be used inside a synchronous progress callback and nowhere else.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private readonly LlamaModel _model;
    private readonly ITrainingData _data;
    private readonly TrainerOptions _options;
    private readonly TimeProvider _time;
    private readonly OptimizerState _state;
    private readonly long _started;
    private ParameterUpdate? _update;
    private ComputePrecision _precision;
    private long _step;
    private long _tokens;
    private double _lossSum;
    private double _accuracySum;
    private int _lossCount;
    private double _secondsBefore;
    private long _tokensBefore;

    /// <summary>Prepares a training and, where the options' checkpoint exists, goes on from it.</summary>
    /// <param name="model">A trainable model, initialised; a checkpoint overwrites its parameters.</param>
    /// <param name="data">The batches; a checkpoint sets its place.</param>
    /// <param name="options">Settings that <see cref="TrainerOptions.Validate"/> accepts.</param>
    /// <param name="time">Clock for speeds and for the choice of precision.</param>
    /// <exception cref="ArgumentException">A model for inference alone, or settings that do not fit.</exception>
    /// <exception cref="TrainingException">The checkpoint is damaged or belongs to other settings.</exception>
    public Trainer(LlamaModel model, ITrainingData data, TrainerOptions options, TimeProvider? time = null)
    {
        options.Validate();
        if (model.Parameters.Gradients is null)
            throw new ArgumentException("The model was made for inference alone; make it with trainable: true.", nameof(model));
        (_model, _data, _options, _time) = (model, data, options, time ?? TimeProvider.System);
        _state = new OptimizerState(model.Parameters.Count, model.Device);
        if (options.CheckpointPath is { } path && File.Exists(path))
            Resume(path);
        else
            Begin();
        _started = _time.GetTimestamp();
    }

    /// <summary>Steps done over all processes.</summary>
    public long Step => _step;

    /// <summary>Real tokens seen over all processes.</summary>
    public long Tokens => _tokens;

    /// <summary>How far the training is, in [0, 1]: by steps or by tokens, whichever is nearer its end.</summary>
    public double Fraction => Math.Min(1, Math.Max(
        _options.Steps > 0 ? _step / (double)_options.Steps : 0,
        _options.TokenBudget > 0 ? _tokens / (double)_options.TokenBudget : 0));

    /// <summary>What products compute with, measured or chosen.</summary>
    public ComputePrecision Precision => _precision;

    /// <summary>Trains to the limit, or until cancelled; both ends write the checkpoint.</summary>
    /// <param name="progress">Receives a report every few steps, on this thread when its implementation is synchronous.</param>
    /// <param name="cancellationToken">Ends the training after the step in hand.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="TrainingException">The loss or gradient is no finite number; the last checkpoint is as it was.</exception>
    public TrainingResult Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var loss = double.NaN;
        while (Fraction < 1 && !cancellationToken.IsCancellationRequested)
        {
            var (norm, rate) = OneStep();
            if (_step % _options.LogEverySteps == 0 || Fraction >= 1)
                loss = Report(norm, rate, progress);
            if (_step % _options.CheckpointEverySteps == 0)
                SaveCheckpoint();
        }

        SaveCheckpoint();
        return new TrainingResult(Fraction >= 1, _step, _tokens, _lossCount > 0 ? _lossSum / _lossCount : loss, Elapsed(), _precision);
    }

    /// <summary>Frees the moments; the model stays the caller's.</summary>
    public void Dispose()
    {
        _update?.Dispose();
        _state.Dispose();
    }

    private void Begin()
    {
        var place = _data.SaveState();
        var first = _data.Next();
        first.Validate(_model.Config.Vocabulary);
        _data.RestoreState(place);
        _precision = PrecisionProbe.Choose(_options.Precision, _model, first, _time);
        _update = new ParameterUpdate(_model.Parameters, _state, _options, _precision);
        if (_options.LossLogPath is { } log)
            LossLog.Rewind(log, 0);
    }

    private void Resume(string path)
    {
        var header = TrainingCheckpoint.Read(path, _model.Config, _options.Optimizer, _model.Parameters, _state);
        (_precision, _step, _tokens) = (header.Precision, header.Step, header.Tokens);
        (_lossSum, _accuracySum, _lossCount) = (header.LossSum, header.AccuracySum, header.LossCount);
        (_secondsBefore, _tokensBefore) = (header.Seconds, header.Tokens);
        _data.RestoreState(header.DataState);
        _update = new ParameterUpdate(_model.Parameters, _state, _options, _precision);
        if (_options.LossLogPath is { } log)
            LossLog.Rewind(log, _step);
    }

    private (double Norm, double Rate) OneStep()
    {
        var batch = _data.Next();
        batch.Validate(_model.Config.Vocabulary);
        var result = BatchLoss.Backward(_model, batch, _precision);
        var factor = LearningRateSchedule.Factor(_options, _step, Fraction);
        var norm = _update!.Step(_step + 1, factor);
        if (!double.IsFinite(result.Loss) || !double.IsFinite(norm))
        {
            throw new TrainingException(
                $"Step {_step + 1}: the loss is {result.Loss} and the gradient's norm {norm}; finite numbers are needed. " +
                "Lower the learning rate or lengthen the warm-up, then go on from the last checkpoint.");
        }

        _step++;
        _tokens += batch.Tokens;
        _lossSum += result.Loss;
        _accuracySum += result.Accuracy;
        _lossCount++;
        return (norm, _options.LearningRate * factor);
    }

    private double Report(double norm, double rate, IProgress<TrainingProgress>? progress)
    {
        double loss = _lossSum / _lossCount, accuracy = _accuracySum / _lossCount;
        (_lossSum, _accuracySum, _lossCount) = (0, 0, 0);
        var elapsed = Elapsed();
        if (_options.LossLogPath is { } log)
            LossLog.Append(log, new LossLogEntry(_step, _tokens, loss, accuracy, rate, norm, elapsed.TotalSeconds));
        var speed = (_tokens - _tokensBefore) / Math.Max(1e-9, elapsed.TotalSeconds - _secondsBefore);
        progress?.Report(new TrainingProgress(_step, _tokens, Fraction, loss, accuracy, rate, norm, speed, elapsed, _precision));
        return loss;
    }

    private void SaveCheckpoint()
    {
        if (_options.CheckpointPath is not { } path)
            return;
        var header = new CheckpointHeader(
            _model.Config, _options.Optimizer, _precision, _step, _tokens, Elapsed().TotalSeconds, _lossSum, _accuracySum, _lossCount, _data.SaveState());
        TrainingCheckpoint.Write(path, header, _model.Parameters, _state);
    }

    private TimeSpan Elapsed() => TimeSpan.FromSeconds(_secondsBefore) + _time.GetElapsedTime(_started);
}
