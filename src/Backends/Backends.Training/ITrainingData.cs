namespace Backends.Training;

/// <summary>An endless source of batches whose place can be written down and found again.</summary>
/// <remarks>
/// After <see cref="RestoreState"/> of what <see cref="SaveState"/> gave, <see cref="Next"/> gives the very same batches again: exact resume rests on it.
/// </remarks>
public interface ITrainingData
{
    /// <summary>The next batch.</summary>
    /// <returns>A batch of at least one row and one counted position.</returns>
    TrainingBatch Next();

    /// <summary>The source's place as text: generator states, counters, curriculum.</summary>
    /// <returns>Text that <see cref="RestoreState"/> accepts.</returns>
    string SaveState();

    /// <summary>Goes to a place that was written down before.</summary>
    /// <param name="state">What <see cref="SaveState"/> gave on a source with the same settings.</param>
    /// <exception cref="FormatException">Text of another kind.</exception>
    void RestoreState(string state);
}
