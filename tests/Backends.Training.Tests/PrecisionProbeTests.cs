using Backends.Torch.Llama;

namespace Backends.Training.Tests;

public class PrecisionProbeTests
{
    private const int RoundsOfOne = 4;

    /// <summary>A clock by which the rounds of bf16, which come first, take another time than those of f32.</summary>
    private sealed class ScriptedTime(int mixedTicks, int fullTicks) : TimeProvider
    {
        private int _readings;
        private long _now;

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp()
        {
            var isEnd = _readings % 2 == 1;
            if (isEnd)
                _now += _readings / 2 < RoundsOfOne ? mixedTicks : fullTicks;
            _readings++;
            return _now;
        }
    }

    [Theory]
    [InlineData(10, 20, ComputePrecision.Mixed)]
    [InlineData(20, 10, ComputePrecision.Full)]
    public void Choose_Auto_TakesTheFaster(int mixedTicks, int fullTicks, ComputePrecision expected)
    {
        using var model = TinyTraining.Model();

        Assert.Equal(expected, PrecisionProbe.Choose(TrainingPrecision.Auto, model, TinyTraining.Blocks().Next(), new ScriptedTime(mixedTicks, fullTicks)));
    }

    [Fact]
    public void Choose_Any_LeavesTheParameters()
    {
        using var model = TinyTraining.Model();
        var before = TinyTraining.Floats(model.Parameters.Values);

        PrecisionProbe.Choose(TrainingPrecision.Auto, model, TinyTraining.Blocks().Next(), TimeProvider.System);

        Assert.Equal(before, TinyTraining.Floats(model.Parameters.Values));
    }
}
