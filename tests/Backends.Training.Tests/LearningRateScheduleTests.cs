namespace Backends.Training.Tests;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4, 1)]
    [InlineData(0.7, 0.55)]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.1)]
    public void Trapezoid_KnownPoints(double fraction, double expected) => Assert.Equal(expected, LearningRateSchedule.Trapezoid(fraction, 0.4, 0.1), 12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.55)]
    [InlineData(1.0 / 3, 0.775)]
    [InlineData(1, 0.1)]
    public void Cosine_KnownPoints(double fraction, double expected) => Assert.Equal(expected, LearningRateSchedule.Cosine(fraction, 0.1), 12);

    [Fact]
    public void Warmup_RisesLinearlyAndStays()
    {
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Enumerable.Range(0, 5).Select(step => LearningRateSchedule.Warmup(step, 4)));
        Assert.Equal(1, LearningRateSchedule.Warmup(0, 0));
    }

    [Theory]
    [InlineData(ScheduleShape.Trapezoid)]
    [InlineData(ScheduleShape.Cosine)]
    public void Factor_AfterTheWarmup_NeverRises(ScheduleShape shape)
    {
        var options = new TrainerOptions { Schedule = shape, WarmupSteps = 10 };
        var factors = Enumerable.Range(9, 91).Select(step => LearningRateSchedule.Factor(options, step, step / 100.0)).ToList();

        Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
        Assert.True(factors[^1] < 0.1);
    }
}
