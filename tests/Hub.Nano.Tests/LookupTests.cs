using System.Text.RegularExpressions;
using Hub.Nano.Suite;
using Hub.Nano.Tasks;
using Hub.Nano.Traces;

namespace Hub.Nano.Tests;

public sealed class LookupTests
{
    private const int Episodes = 20_000;

    [Fact]
    public void Training_ManyEpisodes_HasNoHeldNameAndNoReservedWording()
    {
        var generator = Generator(5);
        for (var i = 0; i < Episodes; i++)
        {
            var episode = generator.Next(Split.Training);
            Assert.False(episode.IsReserved, episode.Question);
            foreach (var name in Names(episode))
                Assert.False(Draft.IsHeld(name), $"{name} in: {episode.Question}");
        }
    }

    [Theory]
    [InlineData("lookup")]
    [InlineData("two_hop")]
    public void Evaluation_EveryQuestion_HasAHeldNameAndWasNotTrainedOn(string family)
    {
        var training = Generator(5);
        var seen = Enumerable.Range(0, Episodes).Select(_ => training.Next(Split.Training).Question).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var evaluation = Generator(NanoSuite.HeldOutSeed);
        for (var i = 0; i < 500; i++)
        {
            var episode = evaluation.Next(i % 2 == 0 ? Split.Seen : Split.Reserved, family);
            Assert.Contains(Names(episode), Draft.IsHeld);
            Assert.DoesNotContain(episode.Question, seen);
        }
    }

    [Theory]
    [InlineData("lookup")]
    [InlineData("two_hop")]
    public void Training_Family_HasHundredsOfFrames(string family)
    {
        var generator = Generator(17);
        var frames = Enumerable.Range(0, 4000).Select(_ => generator.Next(Split.Training, family).Frame).Distinct().Count();

        Assert.True(frames >= 300, $"{family} has {frames} frames.");
    }

    [Fact]
    public void Wordings_AreReservedToAtLeastAboutASixth()
    {
        (string Slot, string[] Wordings)[] slots =
        [
            ("lookup_head_for", LookupPhrases.Heads), ("lookup_noun", LookupPhrases.Nouns), ("lookup_whole_form", LookupPhrases.Whole),
            ("hop_heads", LookupPhrases.Heads), ("hop_inner_to", LookupPhrases.Nouns), ("hop_outers", LookupPhrases.Outer), ("hop_wholes", LookupPhrases.TwoHops),
        ];
        var all = slots.SelectMany(s => s.Wordings.Select(w => (s.Slot, Wording: w))).ToArray();

        Assert.InRange(all.Count(a => Draft.IsReserved(a.Slot, a.Wording)) / (double)all.Length, 0.13, 0.25);
        Assert.All(slots, s => Assert.Contains(s.Wordings, w => Draft.IsReserved(s.Slot, w)));
    }

    [Fact]
    public void Solution_FollowedInTheTable_GivesTheAnswer()
    {
        var generator = Generator(23);
        for (var i = 0; i < 2000; i++)
            Assert.True(Follows(generator.Next(i % 2 == 0 ? Split.Seen : Split.Reserved, i % 3 == 0 ? "lookup" : "two_hop")));
    }

    [Fact]
    public void Oracle_PlantedFault_IsCaught()
    {
        var episode = Generator(23).Next(Split.Training, "two_hop");

        Assert.True(Follows(episode));
        Assert.False(Follows(episode with { Answer = episode.Answer + "x" }));
        Assert.False(Follows(episode with { Steps = [episode.Steps[1], episode.Steps[0]] }));
    }

    [Fact]
    public void Refusal_OfATable_AsksForWhatItDoesNotHave()
    {
        var generator = Generator(31);
        var refusals = Enumerable.Range(0, 3000).Select(_ => generator.Next(Split.Training, "refusal")).Where(e => e.Table is not null).ToArray();

        Assert.InRange(refusals.Length, 300, 900);
        Assert.All(refusals, e => Assert.True(
            !e.Table!.Fields.Any(f => Regex.IsMatch(e.Question, $@"\b{f}\b", RegexOptions.IgnoreCase)) || !e.Table!.Rows.Keys.Any(r => e.Question.Contains(r, StringComparison.OrdinalIgnoreCase)),
            $"{e.Question} [{string.Join(", ", e.Table!.Fields)}; {string.Join(", ", e.Table!.Rows.Keys)}]"));
        Assert.All(refusals, e => Assert.Contains(e.Tools, t => t.Operation == Operation.Lookup));
        Assert.All(refusals, e => Assert.Equal(EpisodeGenerator.Refusal, e.Answer));
    }

    [Theory]
    [InlineData("no row")]
    [InlineData("no field")]
    public void Refusal_AfterTheTablesError_IsTaught(string error)
    {
        var generator = Generator(31);
        var told = Enumerable.Range(0, 3000).Select(_ => generator.Next(Split.Training, "refusal")).Where(e => e.Steps.Any(s => s.Result.Contains(error, StringComparison.Ordinal))).ToArray();

        Assert.InRange(told.Length, 60, 900);
        Assert.All(told, e => Assert.Equal(e.Table!.Find(e.Steps[0].Values[0].Trim('"'), e.Steps[0].Values[1].Trim('"')), e.Steps[0].Result));
        Assert.All(told, e => Assert.Contains(error, string.Join('\n', TraceWriter.ReAct(e).Messages.Select(m => m.Text)), StringComparison.Ordinal));
    }

    [Fact]
    public void MisspeltField_IsCorrectedAfterTheTablesError_InTrainingAlone()
    {
        var generator = Generator(37);
        var training = Enumerable.Range(0, 2000).Select(_ => generator.Next(Split.Training, "two_hop")).Where(e => e.Steps.Count == 3).ToArray();

        Assert.InRange(training.Length, 30, 200);
        Assert.All(training, e => Assert.StartsWith("There is no field", e.Steps[0].Result, StringComparison.Ordinal));
        Assert.All(training, e => Assert.Contains(e.Steps[0].Values[1].Trim('"'), e.Question, StringComparison.Ordinal));
        Assert.All(training, e => Assert.True(Follows(e with { Steps = [.. e.Steps.Skip(1)] })));
        Assert.All(Enumerable.Range(0, 500).Select(_ => generator.Next(Split.Seen, "two_hop")), e => Assert.Equal(2, e.Steps.Count));
    }

    [Fact]
    public void FirstFamily_WithoutLookups_IsAsItWas()
    {
        // The held-out questions must stay the same questions: a published share is of them.
        var questions = NanoSuite.Questions("react_agent", NanoSuite.HeldOutSeed, 500);

        Assert.Equal(1295254127u, NanoRandom.Hash(string.Join('\n', questions.Select(q => q.Question))));
    }

    [Fact]
    public void Traces_OfALookup_AreWhatTheAgentsSay()
    {
        var episode = Generator(23).Next(Split.Training, "two_hop");

        var plan = TraceWriter.Planner(episode).Messages[^1].Text;
        var react = string.Join('\n', TraceWriter.ReAct(episode).Messages.Select(m => m.Text));

        Assert.Contains("\"#E1\"", plan, StringComparison.Ordinal);
        Assert.Contains($"Action Input: {episode.Steps[1].Tool.ArgumentsJson(episode.Steps[1].Values)}", react, StringComparison.Ordinal);
        Assert.EndsWith($"Final Answer: {episode.Answer}", react, StringComparison.Ordinal);
    }

    private static EpisodeGenerator Generator(ulong seed) => new(seed) { LookupShare = 0.5 };

    private static IEnumerable<string> Names(NanoEpisode episode) => episode.Table is not { } table ? [] : table.Rows.SelectMany(r => r.Value.Values.Append(r.Key));

    /// <summary>Goes through the table cell by cell, by itself.</summary>
    private static bool Follows(NanoEpisode episode)
    {
        string? last = null;
        foreach (var step in episode.Steps)
        {
            var row = last is not null && step.Planned[0].StartsWith("\"#E", StringComparison.Ordinal) ? last : step.Planned[0].Trim('"');
            if (row is null || !episode.Table!.Rows.TryGetValue(row, out var cells) || !cells.TryGetValue(step.Planned[1].Trim('"'), out last) || step.Result != last)
                return false;
        }

        return last == episode.Answer;
    }
}
