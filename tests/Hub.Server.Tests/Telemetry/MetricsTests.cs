using System.Diagnostics;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterRuns_CountThem()
    {
        await using var served = await Served.ReActAsync(Multiplies());
        await AskAsync(served, 3);

        var text = await served.Http.GetStringAsync("/metrics");

        Assert.Equal("3", Value(text, "hub_runs_total", "hub_status=\"completed\""));
        Assert.Equal("0", Value(text, "hub_runs_active", "hub_function=\"solver\""));
        Assert.Equal("3", Value(text, "hub_run_duration_seconds_count", "hub_status=\"completed\""));
        Assert.Equal("6", Value(text, "gen_ai_client_operation_duration_seconds_count", "gen_ai_request_model=\"m\""));
        Assert.Equal("18", Value(text, "gen_ai_client_token_usage_sum", "gen_ai_token_type=\"input\"")); // six calls, three tokens read each
        Assert.Equal("3", Value(text, "hub_tool_duration_seconds_count", "gen_ai_tool_name=\"multiply\""));
        Assert.Contains("service_name=\"hub\"", text.Split('\n').Single(line => line.StartsWith("target_info{", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfASecondServer_AreItsOwn()
    {
        await using var first = await Served.ReActAsync(Multiplies());
        await using var second = await Served.ReActAsync(Multiplies());
        await AskAsync(first, 2);

        Assert.Equal("2", Value(await first.Http.GetStringAsync("/metrics"), "hub_runs_total", "hub_status=\"completed\""));
        Assert.DoesNotContain("hub_runs_total{", await second.Http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WhereKeysAreAsked_NeedOne()
    {
        await using var served = await Served.ReActAsync(Multiplies(), o => o.ApiKeys = ["k"]);

        Assert.Equal(401, (int)(await served.Http.GetAsync("/metrics")).StatusCode);
    }

    [SkippableToolFact("promtool")]
    public async Task Metrics_CheckedByPromtool_Pass()
    {
        await using var served = await Served.ReActAsync(Multiplies());
        await AskAsync(served, 2);
        var text = await served.Http.GetStringAsync("/metrics");

        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        Assert.Equal((0, ""), (promtool.ExitCode, said));
    }

    private static Script Multiplies() => Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42");

    private static async Task AskAsync(Served served, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(200, (await served.PostAsync("/v1/workflow", """{"input_message": "x"}""")).Status);
    }

    /// <summary>The value of the one series with a name and a label.</summary>
    private static string Value(string text, string name, string label) =>
        Assert.Single(text.Split('\n'), l => l.StartsWith(name + "{", StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal)).Split(' ')[1];
}
