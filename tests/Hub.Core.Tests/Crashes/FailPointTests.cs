using Hub.Abstractions;
using Hub.FailPoint;

namespace Hub.Core.Tests.Crashes;

/// <summary>
/// A run that ends at any point goes on to the same answer; the keyed tool acts once, the tool without a declaration at most once.
/// Every point here without processes, and a sample with them; all with processes: <c>dotnet run --project tests/Hub.FailPoint -- prove</c>.
/// </summary>
public sealed class FailPointTests
{
    public static TheoryData<string> ScriptNames() => [.. Scripts.Names];

    [Theory]
    [MemberData(nameof(ScriptNames))]
    public async Task Crash_AtEveryPoint_GoesOnToTheSameAnswer(string script)
    {
        var (expected, points) = await WholeAsync(script);
        Assert.InRange(points, 50, 200);
        var asked = 0;
        for (var k = 1; k <= points; k++)
        {
            using var folder = new TemporaryFolder();
            var at = 0;
            var crash = new InProcessCrash(_ => Interlocked.Increment(ref at) == k);
            var ended = await Record.ExceptionAsync(() => new Sitting(script, folder.Root, crash.Hit).GoOnAsync());
            if (crash.Crashed)
                Assert.IsType<RunLogException>(ended);

            var (decided, fault) = await Proof.CheckAsync(folder.Root, expected, async resume =>
            {
                var result = await new Sitting(script, folder.Root).GoOnAsync(resume);
                return (result.Status, result.Text, result.Pending);
            });

            Assert.Equal((k, null), (k, fault));
            asked += decided ? 1 : 0;
        }

        // The tool's start is durable and its end is not: at least while it acts, and until the next commit.
        Assert.InRange(asked, 5, 15);
    }

    [Theory]
    [MemberData(nameof(ScriptNames))]
    public async Task Kill_ProcessAtASampleOfPoints_GoesOnToTheSameAnswer(string script)
    {
        var counts = await Campaign.EveryPointAsync(script, step: 23, first: 5);

        Assert.Empty(counts.Faults);
        Assert.InRange(counts.Points, 2, 5);
    }

    [Fact]
    public async Task Kill_ProcessByTheClock_GoesOnToTheSameAnswer()
    {
        var counts = await Campaign.WallClockAsync("rewoo", kills: 2, seed: 2);

        Assert.Empty(counts.Faults);
        Assert.Equal(2, counts.Points);
    }

    /// <summary>The planted fault: a tool that says it dedups by key and does not is found out.</summary>
    [Fact]
    public async Task Proof_ToolThatActsTwice_IsFoundOut()
    {
        var (expected, _) = await WholeAsync("react");
        using var folder = new TemporaryFolder();
        await new Sitting("react", folder.Root).GoOnAsync();
        await File.AppendAllTextAsync(folder.File("deposits.txt"), "another:key 42\n");
        await File.AppendAllTextAsync(folder.File("letters.txt"), "Dear bank\n");

        var (_, fault) = await Proof.CheckAsync(folder.Root, expected + "?", async resume =>
        {
            var result = await new Sitting("react", folder.Root).GoOnAsync(resume);
            return (result.Status, result.Text, result.Pending);
        });

        Assert.Contains("keyed tool acted 2 times", fault, StringComparison.Ordinal);
        Assert.Contains("without a declaration acted 2 times", fault, StringComparison.Ordinal);
        Assert.Contains("It answered", fault, StringComparison.Ordinal);
    }

    private static async Task<(string Answer, int Points)> WholeAsync(string script)
    {
        using var folder = new TemporaryFolder();
        var points = 0;
        var result = await new Sitting(script, folder.Root, _ => Interlocked.Increment(ref points)).GoOnAsync();
        Assert.Equal(RunStatus.Completed, result.Status);
        return (result.Text, points);
    }
}
