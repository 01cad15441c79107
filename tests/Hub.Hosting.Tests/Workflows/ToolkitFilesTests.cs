using Hub.Abstractions;

namespace Hub.Hosting.Tests.Workflows;

/// <summary>Files of the toolkit's repository, as they are.</summary>
public sealed class ToolkitFilesTests
{
    private const string Calculator = "getting_started/simple_calculator/src/nat_simple_calculator/configs/config.yml";

    /// <summary>Every example that is made of types that this hub has.</summary>
    private static readonly string[] s_valid =
    [
        "A2A/math_assistant_a2a_protected/configs/config-server.yml",
        "MCP/simple_calculator_mcp_protected/configs/config-server.yml",
        "a365_example/configs/a365_email_notifications.yml",
        "a365_example/configs/a365_telemetry.yml",
        "a365_example/configs/a365_worker.yml",
        "config_inheritance/configs/base-config.yml",
        "evaluation_and_profiling/simple_calculator_eval/src/nat_simple_calculator_eval/configs/config-sizing-calc.yml",
        "evaluation_and_profiling/simple_calculator_eval/src/nat_simple_calculator_eval/configs/config-trajectory-eval.yml",
        "evaluation_and_profiling/simple_calculator_eval/src/nat_simple_calculator_eval/configs/config-tunable-rag-eval.yml",
        "evaluation_and_profiling/simple_calculator_eval/src/nat_simple_calculator_eval/configs/config-with-custom-post-process.yml",
        "getting_started/simple_calculator/src/nat_simple_calculator/configs/config.yml",
        "observability/simple_calculator_observability/configs/config-arize-ax.yml",
        "observability/simple_calculator_observability/configs/config-galileo.yml",
        "observability/simple_calculator_observability/configs/config-langfuse.yml",
        "observability/simple_calculator_observability/configs/config-langsmith-optimize.yml",
        "observability/simple_calculator_observability/configs/config-langsmith.yml",
        "observability/simple_calculator_observability/configs/config-otel-file.yml",
        "observability/simple_calculator_observability/configs/config-patronus.yml",
        "observability/simple_calculator_observability/configs/config-phoenix.yml",
        "observability/simple_calculator_observability/configs/config-weave.yml",
        "prompt_from_file/configs/config.yml",
    ];

    [ToolkitFact]
    public void Validate_EveryExample_IsValidOrLacksATypeOfTheToolkit()
    {
        string[] valid = [.. Examples().Where(f => Validate(f).Mistakes.Count == 0)];

        Assert.Equal(s_valid, valid);
        Assert.Equal(s_valid, valid.Where(f => Validate(f, "hub-nano") is { Mistakes.Count: 0, Warnings.Count: 0 }));
    }

    [ToolkitFact]
    public void Validate_EveryExample_HasNoMistakeThatIsOurs()
    {
        string[] theirs = ["type named", "not available yet", "This section is not known", "This section is missing", "'_type' is missing", "must be written"];
        string[] ours = [.. Examples().SelectMany(f => Validate(f).Mistakes).Where(m => !theirs.Any(t => m.Message.Contains(t, StringComparison.Ordinal))).Select(m => m.ToString())];

        Assert.True(Examples().Count() > 100, "Most examples are missing.");
        Assert.Empty(ours);
    }

    [ToolkitFact]
    public async Task Run_CalculatorExampleUnmodified_AnswersWithItsTools()
    {
        const string Replies = """
            {_type: nat_test_llm, response_seq: [
              "Thought: I multiply.\nAction: calculator__multiply\nAction Input: {\"numbers\": [14, 27]}",
              "Thought: I compare.\nAction: calculator__compare\nAction Input: {\"numbers\": [378, 300]}",
              "Thought: I know.\nFinal Answer: Yes, 378 is greater than 300."]}
            """;
        await using var hub = await HubHost.FromWorkflowAsync(SharedToolkit.Nat(Calculator), new WorkflowHubOptions { Overrides = [new("llms.nim_llm", Replies)] });

        var result = await hub.RunAsync(hub.DefaultReasoner, "Is the product of 14 and 27 greater than 300?");

        Assert.Equal((RunStatus.Completed, "Yes, 378 is greater than 300.", 5), (result.Status, result.Text, result.Steps));
    }

    private static WorkflowReport Validate(string example, string? llm = null) => HubHost.Validate(SharedToolkit.Nat(example), new WorkflowHubOptions { Llm = llm });

    private static IEnumerable<string> Examples()
    {
        var folder = SharedToolkit.Nat("");
        return Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }
}
