using Backends.Abstractions;
using Backends.Torch.Llama;
using TorchSharp;
using static Backends.Torch.Tests.TokenModel.TokenModelFixture;

namespace Backends.Torch.Tests.TokenModel;

public sealed class TorchTokenModelTests
{
    private const double Tolerance = 1e-4; // f32, of the logits' root mean square

    [Theory]
    [InlineData(4, true)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    public void PrefillThenDecode_EveryPosition_EqualsScore(int taps, bool tied)
    {
        using var model = Model(taps, tied);
        var tokens = Tokens(1, 80); // beyond the first capacity of a sequence
        var scored = new float[tokens.Length * model.VocabularySize];
        model.Score(tokens, scored);

        using var sequence = model.Open();
        var logits = new float[model.VocabularySize];
        model.Prefill(sequence, tokens.AsSpan(0, 5), logits);
        AssertRow(scored, 4, logits);
        model.Prefill(sequence, tokens.AsSpan(5, 2), logits); // a second piece sees the first, and is shorter than the convolution
        AssertRow(scored, 6, logits);
        for (var t = 7; t < 70; t++)
        {
            model.Decode([sequence], tokens.AsSpan(t, 1), logits);
            AssertRow(scored, t, logits);
        }

        model.Prefill(sequence, tokens.AsSpan(70), logits);
        AssertRow(scored, 79, logits);
        Assert.Equal(80, sequence.Length);
    }

    [Fact]
    public void Prefill_LongerThanOnePiece_EqualsScore()
    {
        const int length = TorchTokenModel.PrefillPiece + 3;
        using var model = Model(context: length);
        var tokens = Tokens(2, length);
        var scored = new float[tokens.Length * model.VocabularySize];
        model.Score(tokens, scored);
        using var sequence = model.Open();
        var logits = new float[model.VocabularySize];

        model.Prefill(sequence, tokens, logits);

        AssertRow(scored, length - 1, logits);
    }

    [Fact]
    public void Decode_BatchOfDifferentLengths_EqualsEachAlone()
    {
        using var model = Model();
        int[] lengths = [1, 17, 3, 64];
        var prompts = lengths.Select((length, i) => Tokens(10 + i, length)).ToArray();
        var together = prompts.Select(p => Prefilled(model, p)).ToArray();
        var alone = prompts.Select(p => Prefilled(model, p)).ToArray();
        var batch = new float[lengths.Length * model.VocabularySize];
        var single = new float[model.VocabularySize];

        for (var step = 0; step < 6; step++)
        {
            var next = Tokens(100 + step, lengths.Length);
            model.Decode(together, next, batch);
            for (var i = 0; i < lengths.Length; i++)
            {
                model.Decode([alone[i]], next.AsSpan(i, 1), single);
                AssertRow(batch, i, single);
            }
        }

        foreach (var sequence in together.Concat(alone))
            sequence.Dispose();
    }

    [Fact]
    public void Oracle_PlantedFaults_AreCaught()
    {
        using var model = Model();
        var tokens = Tokens(3, 20);
        var scored = new float[tokens.Length * model.VocabularySize];
        model.Score(tokens, scored);
        var logits = new float[model.VocabularySize];

        using var sequence = (TorchTokenSequence)model.Open();
        model.Prefill(sequence, tokens.AsSpan(0, 19), logits);
        sequence.AttentionRows[1].AsSpan().Clear(); // the convolution forgets
        model.Decode([sequence], tokens.AsSpan(19), logits);
        Assert.True(RelativeError(Row(scored, 19), logits) > 10 * Tolerance);

        using var shifted = (TorchTokenSequence)model.Open();
        model.Prefill(shifted, tokens.AsSpan(0, 19), logits);
        shifted.Keys(0).zero_(); // attention forgets
        model.Decode([shifted], tokens.AsSpan(19), logits);
        Assert.True(RelativeError(Row(scored, 19), logits) > 10 * Tolerance);
    }

    [Fact]
    public void Overflow_AnyCall_IsTypedAndLeavesTheSequenceUsable()
    {
        using var model = Model(context: 16);
        var tokens = Tokens(4, 17);
        var logits = new float[model.VocabularySize];
        using var full = model.Open();
        using var other = model.Open();
        model.Prefill(full, tokens.AsSpan(0, 15), logits);
        model.Prefill(other, tokens.AsSpan(0, 3), logits);

        var prefill = Assert.Throws<ContextOverflowException>(() => model.Prefill(full, tokens.AsSpan(0, 2), logits));
        Assert.Throws<ContextOverflowException>(() => model.Score(tokens, new float[17 * model.VocabularySize]));
        model.Decode([full], tokens.AsSpan(15, 1), logits);
        Assert.Throws<ContextOverflowException>(() => model.Decode([other, full], tokens.AsSpan(0, 2), new float[2 * model.VocabularySize]));

        Assert.Equal((17, 16), (prefill.Needed, prefill.Available));
        Assert.Equal((16, 3), (full.Length, other.Length));
    }

    [Fact]
    public void BadArguments_AreRefusedBeforeTheNativeCall()
    {
        using var model = Model();
        using var stranger = Model();
        using var sequence = model.Open();
        using var foreign = stranger.Open();
        var logits = new float[model.VocabularySize];
        var two = new float[2 * model.VocabularySize];

        Assert.Throws<ArgumentException>(() => model.Prefill(sequence, [], logits));
        Assert.Throws<ArgumentException>(() => model.Prefill(sequence, [model.VocabularySize], logits));
        Assert.Throws<ArgumentException>(() => model.Prefill(sequence, [-1], logits));
        Assert.Throws<ArgumentException>(() => model.Prefill(sequence, [1], two));
        Assert.Throws<ArgumentException>(() => model.Prefill(foreign, [1], logits));
        Assert.Throws<ArgumentException>(() => model.Decode([], [], []));
        Assert.Throws<ArgumentException>(() => model.Decode([sequence], [1, 2], two));
        Assert.Throws<ArgumentException>(() => model.Decode([sequence, sequence], [1, 2], two));
        Assert.Throws<ArgumentException>(() => model.Score([1, 2], logits));
        Assert.Equal(0, sequence.Length);
        sequence.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Prefill(sequence, [1], logits));
    }

    [Fact]
    public void Decode_ManySteps_LeavesNoTensorsBehind()
    {
        using var model = Model();
        using var sequence = model.Open();
        var logits = new float[model.VocabularySize];
        model.Prefill(sequence, Tokens(5, 70), logits);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var step = 0; step < 20; step++)
            model.Decode([sequence], [step], logits);

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static ITokenSequence Prefilled(TorchTokenModel model, int[] prompt)
    {
        var sequence = model.Open();
        model.Prefill(sequence, prompt, new float[model.VocabularySize]);
        return sequence;
    }

    private static ReadOnlySpan<float> Row(float[] rows, int row) => rows.AsSpan(row * 61, 61);

    private static void AssertRow(float[] rows, int row, float[] logits)
    {
        var error = RelativeError(Row(rows, row), logits);
        Assert.True(error <= Tolerance, $"row {row} differs by {error:G3} of its root mean square");
    }
}
