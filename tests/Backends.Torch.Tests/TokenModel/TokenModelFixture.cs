using Backends.Torch.Llama;

namespace Backends.Torch.Tests.TokenModel;

/// <summary>Small random models that use every part: grouped queries, convolutions or none, tied or not.</summary>
internal static class TokenModelFixture
{
    public static LlamaConfig Config(int taps, bool tied = true, int context = 96) => new()
    {
        Vocabulary = 61,
        Hidden = 48,
        Layers = 3,
        Heads = 4,
        KeyValueHeads = 2,
        HeadWidth = 10,
        Intermediate = 72,
        Context = context,
        TiedEmbeddings = tied,
        ConvolutionTaps = taps,
    };

    public static TorchTokenModel Model(int taps = 4, bool tied = true, int context = 96) => new(NewLlama(taps, tied, context));

    public static LlamaModel NewLlama(int taps = 4, bool tied = true, int context = 96)
    {
        var model = new LlamaModel(Config(taps, tied, context));
        model.Initialise(seed: 7, embeddingDeviation: 0.02);
        return model;
    }

    public static int[] Tokens(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => random.Next(61)).ToArray();
    }

    /// <summary>The largest difference as a share of the root mean square of what was expected.</summary>
    public static double RelativeError(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (squares, largest) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            squares += expected[i] * expected[i];
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        }

        return largest / Math.Sqrt(squares / expected.Length);
    }
}
