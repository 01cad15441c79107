using Backends.Abstractions;

namespace Backends.Serving.Engine;

/// <summary>One text to make a vector of, on the engine's thread.</summary>
internal sealed class EmbeddingWork(IReadOnlyList<int> tokens, CancellationToken cancelled) : IEngineWork
{
    private readonly TaskCompletionSource<float[]> _vector = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The vector, of length 1.</summary>
    public Task<float[]> Vector => _vector.Task;

    public void Run(ITokenModel model)
    {
        if (cancelled.IsCancellationRequested)
        {
            _vector.TrySetCanceled(cancelled);
            return;
        }

        try
        {
            var vector = new float[model.HiddenSize];
            model.Embed([.. tokens], vector);
            _vector.TrySetResult(Unit(vector));
        }
        catch (Exception error)
        {
            // Boundary: whatever the model threw is thrown to this caller alone.
            Fail(error);
        }
    }

    public void Fail(Exception error) => _vector.TrySetException(error);

    private static float[] Unit(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(v => (double)v * v));
        return length == 0 ? vector : Array.ConvertAll(vector, v => (float)(v / length));
    }
}
