using Hub.Abstractions;
using Hub.Workflows.Builtins;
using Hub.Workflows.Tests.Support;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Tests.Builtins;

public sealed class ClockToolTests
{
    [Fact]
    public async Task DateTime_AnyArguments_TellsTheClocksTime()
    {
        var clock = ClockTool.DateTime(Flow.Time);

        Assert.Equal(("current_datetime", "Returns the current date and time with the timezone offset.", Redo.Freely), (clock.Name, clock.Description, HubTool.RedoOf(clock)));
        Assert.Equal("The current time of day is 2026-11-23 15:45:12 +0000", await clock.InvokeAsync(new AIFunctionArguments { ["unused"] = "now" }));
        Assert.Equal("""{"type":"object","properties":{}}""", clock.JsonSchema.GetRawText());
    }

    [Fact]
    public async Task TimeZone_IsUtc()
    {
        var zone = ClockTool.TimeZone();

        Assert.Equal(("current_timezone", "Returns the name of the current timezone."), (zone.Name, zone.Description));
        Assert.Equal("The time zone is Etc/UTC", await zone.InvokeAsync());
    }
}
