using Hub.Abstractions;

namespace Hub.Hosting.Tests.Workflows;

/// <summary>Files of the toolkit's repository, as they are.</summary>
public sealed class ToolkitFilesTests
{
    private const string Calculator = "getting_started/simple_calculator/src/nat_simple_calculator/configs/config.yml";

    [ToolkitFact]
    public void Validate_EveryExample_HasNoMistakeThatIsOurs()
    {
        string[] theirs = ["type named", "not available yet", "This section is not known", "This section is missing", "'_type' is missing", "must be written", "a red-team file"];
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

    private static WorkflowReport Validate(string example) => HubHost.Validate(SharedToolkit.Nat(example));

    private static IEnumerable<string> Examples()
    {
        var folder = SharedToolkit.Nat("");
        return Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }
}
