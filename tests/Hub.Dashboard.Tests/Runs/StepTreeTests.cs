using CsCheck;
using Hub.Abstractions;
using Hub.Dashboard.Runs;
using Hub.Dashboard.Tests.Kit;

namespace Hub.Dashboard.Tests.Runs;

public sealed class StepTreeTests
{
    private static readonly DateTimeOffset s_began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunHeader s_header = new() { RunId = "r", Reasoner = "x", Started = s_began };

    [Fact]
    public async Task Build_SideBySideParts_StandUnderTheirBranches()
    {
        await using var site = await Site.StartAsync();
        var run = await site.RunAsync("wide", "Count");
        var record = site.Hub.Runs.Find(run.RunId);

        var (rows, leftOut, _) = StepTree.Build(record.Header, site.Hub.Runs.Read(run.RunId), null);

        Assert.Equal(0, leftOut);
        Assert.Equal(3, rows.Count(r => r.Kind is null));
        Assert.Equal(3, rows.Count(r => r is { Kind: RunEventKind.ToolStart, Depth: 2 }));
        Assert.Single(rows, r => r.HasFailed);
        Assert.Equal("m", rows[^1].Name);
    }

    [Fact]
    public void Build_OpenStep_ReachesUntilNow()
    {
        var (rows, _, span) = StepTree.Build(s_header, [Event(RunEventKind.LlmStart, "0", "root", 1)], s_began.AddSeconds(9));

        Assert.Equal((TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(8), true), (span, rows[0].Duration, rows[0].IsOpen));
    }

    [Fact]
    public void Build_MoreThanItShows_SaysHowMany()
    {
        RunEvent[] events = [.. Enumerable.Range(0, StepTree.MaxRows + 5).Select(i => Event(RunEventKind.ToolStart, $"{i}", "root", i))];

        var (rows, leftOut, _) = StepTree.Build(s_header, events, null);

        Assert.Equal((StepTree.MaxRows, 5), (rows.Count, leftOut));
    }

    /// <summary>Oracle: each start once, parents before children, a row within the stretch of the rows above it.</summary>
    [Fact]
    public void Build_AnyForest_HasEachStepOnceUnderItsParent()
    {
        var forest = Gen.Int[0, 40].List[0, 40];
        forest.Sample(parents =>
        {
            var ids = new List<string>();
            List<RunEvent> events = [];
            for (var i = 0; i < parents.Count; i++)
            {
                var parent = ids.Count == 0 || parents[i] % 3 == 0 ? "root" : ids[parents[i] % ids.Count];
                ids.Add(parent == "root" ? $"{i}" : $"{parent}/{i}");
                events.Add(Event(RunEventKind.FunctionStart, ids[^1], parent, i));
            }

            var (rows, leftOut, _) = StepTree.Build(s_header, events, null);
            Assert.Equal(0, leftOut);
            Assert.Equal(ids.Order(), rows.Select(r => r.Id).Order());
            foreach (var row in rows)
            {
                var parent = row.Id.LastIndexOf('/') is var cut and > 0 ? row.Id[..cut] : null;
                Assert.Equal(parent is null ? 0 : rows.Single(r => r.Id == parent).Depth + 1, row.Depth);
                Assert.True(parent is null || IndexOf(rows, parent) < IndexOf(rows, row.Id));
            }
        });
    }

    private static int IndexOf(IReadOnlyList<StepNode> rows, string id) => rows.Select((r, i) => (r.Id, i)).First(r => r.Id == id).i;

    private static RunEvent Event(RunEventKind kind, string id, string parent, int second) => new()
    {
        Kind = kind,
        Id = id,
        ParentId = parent,
        Name = "n",
        Time = s_began.AddSeconds(second),
        Function = new FunctionAncestry("root", "x"),
        Sequence = second,
    };
}
