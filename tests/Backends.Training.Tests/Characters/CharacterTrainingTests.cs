using System.Text;
using Backends.Training.Characters;

namespace Backends.Training.Tests.Characters;

public class CharacterTrainingTests
{
    /// <summary>Sentences of a small grammar: their characters are mostly determined by those before, but not by frequency alone.</summary>
    private static string Sentences()
    {
        string[] who = ["the king", "a sailor", "my brother", "the old fox"];
        string[] does = ["sees", "follows", "forgets"];
        string[] whom = ["the river", "a letter", "some bread"];
        var random = new Random(4);
        var text = new StringBuilder();
        while (text.Length < 20_000)
            text.Append($"{who[random.Next(who.Length)]} {does[random.Next(does.Length)]} {whom[random.Next(whom.Length)]}.\n");
        return text.ToString();
    }

    private static double HeldOutLoss(bool shuffled)
    {
        var options = new CharacterTrainingOptions { Layers = 2, Heads = 2, Width = 64, Intermediate = 128, Block = 32, Batch = 8, ShuffleTargets = shuffled };
        (options.Trainer.Steps, options.Trainer.WarmupSteps, options.Trainer.Precision) = (100, 10, TrainingPrecision.Full);
        return CharacterTraining.Run(Sentences(), options).HeldOutLoss!.Value;
    }

    [Fact]
    public void Run_HundredSteps_LearnsTheSentences() => Assert.InRange(HeldOutLoss(shuffled: false), 0.1, 1.4);

    [Fact]
    public void Run_ShuffledTargets_LearnsFrequenciesAlone() => Assert.InRange(HeldOutLoss(shuffled: true), 2.2, 4);

    [Fact]
    public void Blocks_RestoredState_GivesTheSameBatches()
    {
        var blocks = TinyTraining.Blocks();
        blocks.Next();
        var place = blocks.SaveState();
        var wanted = blocks.Next().Ids;
        blocks.Next();

        blocks.RestoreState(place);

        Assert.Equal(wanted, blocks.Next().Ids);
    }

    [Fact]
    public void Blocks_Targets_AreTheNextCharacters()
    {
        var batch = new CharacterBlocks([.. Enumerable.Range(0, 100)], rows: 3, width: 5, seed: 1).Next();

        Assert.Equal(batch.Ids.Select(id => id + 1), batch.Targets);
        Assert.Equal(batch.Ids.Length, batch.Positions.Distinct().Count());
    }

    [Fact]
    public void Vocabulary_EncodeThenDecode_GivesTheText()
    {
        var vocabulary = new CharacterVocabulary("banana split");

        Assert.Equal("spinal tab", vocabulary.Decode(vocabulary.Encode("spinal tab")));
        Assert.Contains("index 1", Assert.Throws<ArgumentException>(() => vocabulary.Encode("bz")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CharacterVocabulary("aaaa"));
    }
}
