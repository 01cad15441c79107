namespace Backends.Training.Tests;

/// <summary>Reports on the reporting thread, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class SyncProgress(Action<TrainingProgress> action) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => action(value);
}
