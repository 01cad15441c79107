using System.Diagnostics;
using System.Runtime.CompilerServices;
using Hub.Abstractions;

namespace Hub.Hosting.Tests;

/// <summary>Each sample compiles and runs as its first line says. One after the other: they build the same projects.</summary>
public sealed class SampleTests
{
    private const int TimeoutMinutes = 10;

    [Theory]
    [InlineData("ask.cs", "WorkflowEnd")]
    [InlineData("build.cs", " tokens, ")]
    [InlineData("approval.cs", "Suspended: Send 12.50 to Ada?\nSent 12.50 to Ada.")]
    [InlineData("fallback.cs", "(2 failed attempts)")]
    [InlineData("kg-memory.cs", "Forgotten and proven: True. Now: Ada visits Bergen.")]
    [InlineData("knowledge.cs", "now: False, in 2023: True")]
    [InlineData("map_reduce.cs", " = ")]
    [InlineData("semantic_kernel.cs", "378")]
    [InlineData("semantic_kernel_tools.cs", "Call 1 through Semantic Kernel: 14 times 27.")]
    [InlineData("transfer.cs", "Sent 12.50 to Ada.")]
    [InlineData("twice.cs", "")]
    public async Task Sample_Run_PrintsWhatItPromises(string sample, string expected)
    {
        var (code, output, error) = await RunAsync(sample);

        Assert.True(code == 0, $"{sample} ended with {code}:\n{output}\n{error}");
        Assert.Contains(expected, output);
        Assert.NotEqual("", output.Trim());
    }

    [Fact]
    public async Task Supervisor_BossNamesAWorker_ThatAgentAnswers()
    {
        var options = new WorkflowHubOptions { Overrides = [new("llms.boss._type", "nat_test_llm"), new("llms.boss.response_seq", "[mathematician]")] };
        await using var hub = await HubHost.FromWorkflowAsync(Path.Combine(Root(), "samples", "workflows", "supervisor.yml"), options);

        Assert.Equal("378", (await hub.RunAsync(hub.DefaultReasoner, "What is 14 times 27?")).Text);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string sample)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine("samples", sample)]) { WorkingDirectory = Root(), RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(TimeoutMinutes));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{sample} did not end within {TimeoutMinutes} minutes.");
        }

        return (process.ExitCode, await output, await error);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
