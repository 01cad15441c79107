using Backends.Serving.Tests.Reference;
using Backends.Serving.Tokenization;
using CsCheck;

namespace Backends.Serving.Tests.Tokenization;

public class BpeTrainerTests
{
    [Fact]
    public void Train_SameTexts_GivesTheSameTokenizerWhateverTheirOrder()
    {
        var again = BpeTrainer.Train(TokenizerFixture.Texts.Reverse(), TokenizerFixture.Size, TokenizerFixture.Added);

        Assert.Equal(TokenizerFixture.Definition.Merges, again.Merges);
        Assert.Equal(TokenizerFixture.Definition.Vocabulary.OrderBy(t => t.Value), again.Vocabulary.OrderBy(t => t.Value));
        Assert.Equal(TokenizerFixture.Definition.AddedTokens, again.AddedTokens);
    }

    [Fact]
    public void Train_RandomWords_EqualsTheNaiveTwin() =>
        Gen.String[Gen.Char["abc é1"], 0, 30].Array[1, 8].Sample(texts =>
        {
            var trained = BpeTrainer.Train(texts, 256 + 1_000, []);
            Assert.Equal(NaiveBpeTrainer.Merges(texts, 1_000, TokenizerDefinition.SingleDigitPattern), trained.Merges);
        }, iter: 300, seed: "0000000000000");

    [Fact]
    public void Train_OtherPattern_IsCaughtByTheNaiveTwin()
    {
        string[] texts = ["12 12 12 ab"];
        var faulty = BpeTrainer.Train(texts, 300, [], TokenizerDefinition.Gpt2Pattern);

        Assert.NotEqual(NaiveBpeTrainer.Merges(texts, 44, TokenizerDefinition.SingleDigitPattern), faulty.Merges);
    }

    [Fact]
    public void Train_EnoughText_FillsTheVocabularyExactly()
    {
        Assert.Equal(TokenizerFixture.Size, TokenizerFixture.Tokenizer.VocabularySize);
        Assert.Equal(Enumerable.Range(TokenizerFixture.Size - TokenizerFixture.Added.Length, TokenizerFixture.Added.Length),
            TokenizerFixture.Definition.AddedTokens.Keys.Order());
    }

    [Fact]
    public void Train_AddedTokensInTheTexts_CountForNoMerge()
    {
        var trained = BpeTrainer.Train(["zqzqzqzq the the"], 300, [new AddedToken("zq", Special: false)]);

        Assert.DoesNotContain("zq", trained.Vocabulary.Keys);
        Assert.Contains("\u0120the", trained.Vocabulary.Keys);
    }

    [Fact]
    public void Train_NoRoomForTheBytes_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BpeTrainer.Train([], 261, TokenizerFixture.Added));
}
