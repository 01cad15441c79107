using System.Text.Json;
using Reasoners.ReWoo;

namespace Reasoners.Tests.ReWoo;

public sealed class ReWooPlanTests
{
    private const string Step = """{"plan":"p","evidence":{"placeholder":"#E1","tool":"echo","tool_input":{"text":"x"}}}""";

    [Theory]
    [InlineData("[" + Step + "]")]
    [InlineData("  [" + Step + ",]\n")]
    [InlineData("```json\n[" + Step + "]\n```")]
    [InlineData("```\n[" + Step + "]\n```\nThat is my plan.")]
    [InlineData("Here is the plan:\n[" + Step + "]\nDone.")]
    [InlineData("A plan [draft 1]:\n```json\n[" + Step + "]\n```")]
    public void TryParse_ArrayInAnyWrapping_IsThePlan(string reply)
    {
        Assert.Null(ReWooGrammar.TryParse(reply, out var plan));
        var step = Assert.Single(plan.Steps);
        Assert.Equal(("p", "#E1", "echo", "x"), (step.Plan, step.Placeholder, step.Tool, step.Input.GetProperty("text").GetString()));
        Assert.Single(plan.Levels);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("```json\n[]\n```")]
    public void TryParse_EmptyArray_IsAPlanWithoutSteps(string reply)
    {
        Assert.Null(ReWooGrammar.TryParse(reply, out var plan));
        Assert.Empty(plan.Levels);
    }

    [Theory]
    [InlineData("", "no valid JSON")]
    [InlineData("I would multiply.", "no valid JSON")]
    [InlineData("{\"plan\":1}", "is a JSON object; a JSON array")]
    [InlineData("5", "is a number")]
    [InlineData("[5]", "Step 1 of the plan has no object 'evidence'")]
    [InlineData("[{\"plan\":\"p\"}]", "Step 1 of the plan has no object 'evidence'")]
    [InlineData("[" + Step + ",{\"evidence\":{}}]", "Step 2 of the plan has no text 'plan'")]
    [InlineData("""[{"plan":"p","evidence":{"placeholder":"E1","tool":"t","tool_input":1}}]""", "placeholder 'E1'; one like #E1 is needed")]
    [InlineData("""[{"plan":"p","evidence":{"placeholder":"#E1","tool":" ","tool_input":1}}]""", "has no text 'tool'")]
    [InlineData("""[{"plan":"p","evidence":{"placeholder":"#E1","tool":"t"}}]""", "has no 'tool_input'")]
    [InlineData("[" + Step + "," + Step + "]", "Two steps have the placeholder #E1")]
    [InlineData("""[{"plan":"p","evidence":{"placeholder":"#E1","tool":"t","tool_input":"see #E7"}}]""", "The step #E1 uses #E7, which no step has. The placeholders are: #E1.")]
    [InlineData("""[{"plan":"p","evidence":{"placeholder":"#E1","tool":"t","tool_input":["#E1"]}}]""", "The steps #E1 wait for each other or for themselves")]
    [InlineData("""[{"plan":"p","evidence":{"placeholder":"#E1","tool":"t","tool_input":"#E2"}},{"plan":"p","evidence":{"placeholder":"#E2","tool":"t","tool_input":"#E1"}}]""", "The steps #E1, #E2 wait")]
    public void TryParse_BadPlan_SaysWhy(string reply, string fault) => Assert.Contains(fault, ReWooGrammar.TryParse(reply, out _), StringComparison.Ordinal);

    [Fact]
    public void TryParse_TooManyStepsOrTooLong_NamesTheLimit()
    {
        var steps = Enumerable.Range(1, ReWooPlan.MaxSteps + 1).Select(i => Step.Replace("#E1", $"#E{i}", StringComparison.Ordinal));
        Assert.Contains("101 steps; at most 100", ReWooGrammar.TryParse($"[{string.Join(',', steps)}]", out _), StringComparison.Ordinal);
        Assert.Contains("too long", ReWooGrammar.TryParse(new string(' ', ReWooGrammar.MaxReplyChars + 1), out _), StringComparison.Ordinal);
    }

    /// <summary>A step's level is the length of its longest chain of needs; a plan with a circle has none.</summary>
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void TryOrder_RandomNeeds_LevelsAreLongestChains(int seed)
    {
        var random = new Random(seed);
        var (ordered, circular) = (0, 0);
        for (var i = 0; i < 500; i++)
        {
            var needs = Draw(random);
            var steps = needs.Select((need, n) => new ReWooStep("p", $"#E{n}", "t", JsonSerializer.SerializeToElement(need.Select(x => $"#E{x}")))).ToArray();
            var fault = ReWooPlan.TryOrder(steps, out var plan);
            if (needs.Select((_, n) => Depth(needs, n, needs.Length)).Any(depth => depth is null))
            {
                circular++;
                Assert.Contains("wait for each other", fault, StringComparison.Ordinal);
                continue;
            }

            ordered++;
            Assert.Null(fault);
            var expected = steps.Select((step, n) => (step.Placeholder, Level: Depth(needs, n, needs.Length)!.Value)).OrderBy(s => s.Level).ToList();
            Assert.Equal(expected, plan.Levels.SelectMany((level, depth) => level.Select(step => (step.Placeholder, depth))));
        }

        Assert.True(ordered > 50 && circular > 50, $"{ordered} ordered, {circular} circular");
    }

    /// <summary>Longest chain of needs behind a step by plain recursion; null where it is longer than there are steps.</summary>
    private static int? Depth(int[][] needs, int step, int fuel)
    {
        if (fuel == 0)
            return null;
        var depth = 0;
        foreach (var need in needs[step])
        {
            if (Depth(needs, need, fuel - 1) is not { } below)
                return null;
            depth = Math.Max(depth, below + 1);
        }

        return depth;
    }

    /// <summary>Needs of up to seven steps: mostly of earlier ones, sometimes of any.</summary>
    private static int[][] Draw(Random random)
    {
        var count = random.Next(1, 8);
        var any = random.Next(2) == 0;
        return [.. Enumerable.Range(0, count).Select(n => Enumerable.Range(0, any ? count : n).Where(_ => random.Next(4) == 0).ToArray())];
    }
}
