using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel.Tests;

/// <summary>What the samples show, on the built-in model.</summary>
public sealed class BuiltInModelTests
{
    [Fact]
    public async Task Invoke_ReWoo_PlansAndAnswers()
    {
        await using var hub = await HubHost.FromWorkflowAsync(Calculator(), new WorkflowHubOptions { HasStandingReasoners = true });
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();

        var answer = await kernel.InvokeAsync("hub", "rewoo", new() { ["question"] = "What is 14 times 27?" });

        Assert.Contains("378", answer.ToString());
        Assert.Contains(hub.Runs.Read((string)answer.Metadata!["run_id"]!), e => e.Kind == RunEventKind.ToolEnd);
    }

    [Fact]
    public async Task AddTools_Calculator_IsWhatTheAgentCalls()
    {
        await using var hub = HubHost.CreateBuilder().AddModel("nano", NanoModel.Load()).AddToolGroup("calculator").AddReAct("solver", o => (o.Llm, o.Tools) = ("nano", ["calculator"])).Build();
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();
        List<(double, double)> multiplied = [];
        kernel.ImportPluginFromFunctions("calculator", [KernelFunctionFactory.CreateFromMethod(
            (double a, double b) =>
            {
                multiplied.Add((a, b));
                return a * b;
            },
            "multiply",
            "Multiplies two numbers.")]);
        hub.AddTools(kernel, kernel.Plugins["calculator"]);

        var answer = await kernel.InvokeAsync("hub", "solver", new() { ["question"] = "What is 14 times 27?" });

        Assert.Equal((14, 27), Assert.Single(multiplied));
        Assert.Contains("378", answer.ToString());
    }

    private static string Calculator([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "samples", "workflows", "calculator.yml"));
}
