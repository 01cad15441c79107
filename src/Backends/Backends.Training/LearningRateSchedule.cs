namespace Backends.Training;

/// <summary>Learning-rate factors as pure functions of how far a training is.</summary>
public static class LearningRateSchedule
{
    /// <summary>Warm-up: rises linearly to 1 over the first steps.</summary>
    /// <param name="step">Steps done, from 0.</param>
    /// <param name="warmupSteps">Steps of the rise; 0 gives 1 at once.</param>
    /// <returns>In (0, 1].</returns>
    public static double Warmup(long step, long warmupSteps) => warmupSteps <= 0 ? 1 : Math.Min(1, (step + 1) / (double)warmupSteps);

    /// <summary>1 up to <paramref name="hold"/>, then linear to <paramref name="floor"/> at the end.</summary>
    /// <param name="fraction">How far the training is, clamped to [0, 1].</param>
    /// <param name="hold">Where the decay begins, in [0, 1].</param>
    /// <param name="floor">The factor at the end, in [0, 1].</param>
    /// <returns>In [floor, 1].</returns>
    public static double Trapezoid(double fraction, double hold, double floor)
    {
        var at = Math.Clamp(fraction, 0, 1);
        return at <= hold ? 1 : 1 - ((1 - floor) * (at - hold) / (1 - hold));
    }

    /// <summary>Half a cosine from 1 to <paramref name="floor"/>. Loshchilov and Hutter 2017, arXiv:1608.03983.</summary>
    /// <param name="fraction">How far the training is, clamped to [0, 1].</param>
    /// <param name="floor">The factor at the end, in [0, 1].</param>
    /// <returns>In [floor, 1].</returns>
    public static double Cosine(double fraction, double floor) => floor + ((1 - floor) * 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(fraction, 0, 1))));

    /// <summary>The factor of a whole schedule.</summary>
    /// <param name="options">Shape, hold, floor and warm-up.</param>
    /// <param name="step">Steps done, from 0.</param>
    /// <param name="fraction">How far the training is, in [0, 1].</param>
    /// <returns>In [0, 1].</returns>
    public static double Factor(TrainerOptions options, long step, double fraction)
    {
        var decay = options.Schedule == ScheduleShape.Cosine
            ? Cosine(fraction, options.FloorFactor)
            : Trapezoid(fraction, options.HoldFraction, options.FloorFactor);
        return decay * Warmup(step, options.WarmupSteps);
    }
}
