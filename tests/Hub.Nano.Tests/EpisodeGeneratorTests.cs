using System.Globalization;
using System.Text.Json;
using Hub.Nano.Tasks;

namespace Hub.Nano.Tests;

public sealed class EpisodeGeneratorTests
{
    private const int TrainingEpisodes = 60_000;

    [Fact]
    public void Training_ManyEpisodes_HasNoReservedWordingAndNoHeldNumber()
    {
        var generator = new EpisodeGenerator(5);
        for (var i = 0; i < TrainingEpisodes; i++)
        {
            var episode = generator.Next(Split.Training);
            Assert.False(episode.IsReserved, episode.Question);
            foreach (var value in episode.Steps.SelectMany((s, at) => s.Planned.Where((_, slot) => at == 0 || !s.Planned[slot].StartsWith('"'))))
            {
                // The year that the clock told is no drawn number.
                if (episode.Family != "date" && !value.StartsWith('"'))
                    Assert.False(Draft.IsHeld(value.TrimStart('-')), $"{value} in: {episode.Question}");
            }
        }
    }

    [Fact]
    public void Evaluation_Questions_DoNotOccurInTraining()
    {
        var training = new EpisodeGenerator(5);
        var seen = Enumerable.Range(0, TrainingEpisodes).Select(_ => training.Next(Split.Training).Question).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var evaluation = new EpisodeGenerator(20261123);
        var numbered = Enumerable.Range(0, 500).Select(i => evaluation.Next(i % 2 == 0 ? Split.Seen : Split.Reserved)).Where(e => e.Question.Any(char.IsDigit)).ToArray();

        Assert.DoesNotContain(numbered, e => seen.Contains(e.Question));
    }

    [Theory]
    [InlineData("arithmetic")]
    [InlineData("two_step")]
    [InlineData("comparison")]
    public void Training_Family_HasHundredsOfFrames(string family)
    {
        var generator = new EpisodeGenerator(17);
        var frames = Enumerable.Range(0, 4000).Select(_ => generator.Next(Split.Training, family).Frame).Distinct().Count();

        Assert.True(frames >= 300, $"{family} has {frames} frames.");
    }

    [Fact]
    public void Wordings_OfEverySlot_AreReservedToAtLeastAboutASixth()
    {
        (string Slot, string[] Wordings)[] slots =
        [
            ("head", Phrases.Heads), ("claim", ClaimPhrases.Frames), ("claim_other", ClaimPhrases.OtherGreater), ("claim_other", ClaimPhrases.OtherLess), ("date_head", DatePhrases.Heads), .. Phrases.Nouns.Values.Select(v => ("noun", v)), .. Phrases.Commands.Values.Select(v => ("command", v)),
            .. StoryPhrases.Whole.Values.Select(v => ("whole", v)), ("off_topic", OffTopic.Questions),
        ];
        var all = slots.SelectMany(s => s.Wordings.Select(w => (s.Slot, Wording: w))).ToArray();
        var share = all.Count(a => Draft.IsReserved(a.Slot, a.Wording)) / (double)all.Length;

        Assert.InRange(share, 0.15, 0.25);
    }

    [Theory]
    [InlineData(Split.Training)]
    [InlineData(Split.Seen)]
    [InlineData(Split.Reserved)]
    public void Solution_Replayed_GivesTheAnswer(Split split)
    {
        var generator = new EpisodeGenerator(23);
        for (var i = 0; i < 2000; i++)
            Assert.True(Replays(generator.Next(split)));
    }

    [Fact]
    public void Oracle_PlantedFault_IsCaught()
    {
        var generator = new EpisodeGenerator(23);
        var episode = Enumerable.Range(0, 1000).Select(_ => generator.Next(Split.Training)).First(e => e.Steps.Any(s => s.Tool.Operation == Operation.Multiply));
        var wrong = episode with { Steps = [.. episode.Steps.Select(s => s.Tool.Operation == Operation.Multiply ? s with { Result = s.Result + "1" } : s)] };

        Assert.True(Replays(episode));
        Assert.False(Replays(wrong));
    }

    [Fact]
    public void Next_SameSeed_SameEpisodes()
    {
        var (a, b) = (new EpisodeGenerator(99), new EpisodeGenerator(99));
        for (var i = 0; i < 200; i++)
            Assert.Equal(JsonSerializer.Serialize(a.Next(Split.Training)), JsonSerializer.Serialize(b.Next(Split.Training)));
    }

    /// <summary>Computes every step by itself, in decimals where they are exact, and compares.</summary>
    private static bool Replays(NanoEpisode episode)
    {
        foreach (var step in episode.Steps.Where(s => s.Values.Count > 0))
        {
            double[] n = [.. step.Values.Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            var expected = step.Tool.Operation switch
            {
                Operation.Add => n.Sum().ToString("R", CultureInfo.InvariantCulture),
                Operation.Subtract => (n[0] - n[1]).ToString("R", CultureInfo.InvariantCulture),
                Operation.Multiply => n.Aggregate(1.0, (x, y) => x * y).ToString("R", CultureInfo.InvariantCulture),
                Operation.Divide => (n[0] / n[1]).ToString("R", CultureInfo.InvariantCulture),
                _ => $"{step.Values[0]} is {(n[0] > n[1] ? "greater than" : n[0] < n[1] ? "less than" : "equal to")} {step.Values[1]}",
            };
            if (step.Result != expected)
                return false;
        }

        return episode.Steps.Count > 0 || episode.Answer == EpisodeGenerator.Refusal;
    }
}
