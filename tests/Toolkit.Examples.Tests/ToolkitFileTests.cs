using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Hosting;
using Hub.Hosting.Tests.Workflows;

namespace Toolkit.Examples.Tests;

/// <summary>The toolkit's own control-flow examples, unmodified, with the example functions from the plugin's folder; only models are scripted.</summary>
public sealed class ToolkitFileTests : IDisposable
{
    private const string Flow = "control_flow/";
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-toolkit-").FullName;
    private readonly PluginHost _plugins;

    public ToolkitFileTests()
    {
        var folder = Path.Combine(_folder, "toolkit-examples");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "Toolkit.Examples.dll", PluginManifest.FileName })
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file));
        _plugins = new PluginHost(new PluginHostOptions { Folder = _folder });
        Assert.Empty(_plugins.LoadAll());
    }

    public void Dispose()
    {
        _plugins.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ToolkitFact]
    public async Task SequentialExecutor_Text_IsReportedExactly() => Assert.Equal(
        "=== TEXT ANALYSIS REPORT ===\n\nText Statistics:\n  - Word Count: 7\n  - Sentence Count: 2\n  - Average Words per Sentence: 3.5\n  - Text Complexity: Simple\n\n" +
        "Top Words:\n  1. quick\n  2. foxes\n  3. jump.\n  4. dogs\n  5. sleep.\n\nReport generated successfully.\n==========================",
        await AnswerAsync("sequential_executor/src/nat_sequential_executor/configs/config.yml", "The quick foxes jump. The dogs sleep."));

    [ToolkitFact]
    public async Task ParallelExecutor_ThreeAgents_ReachTheSynthesis() => Assert.Equal(
        "said", await AnswerAsync("parallel_executor/src/nat_parallel_executor/configs/config.yml", "The server is down!", "said"));

    [ToolkitFact]
    public async Task HybridControlFlow_RouterToChain_Answers() => Assert.StartsWith(
        "=== TEXT ANALYSIS REPORT ===", await AnswerAsync("hybrid_control_flow/src/nat_hybrid_control_flow/configs/config.yml", "One. Two.", "text_analysis_pipeline"), StringComparison.Ordinal);

    [ToolkitFact]
    public async Task HybridControlFlow_RouterToChainToRouter_Answers() => Assert.Equal(
        "=== PROCESSED RESULT ===\n[VALIDATED] HELLO\n========================",
        await AnswerAsync("hybrid_control_flow/src/nat_hybrid_control_flow/configs/config.yml", "hello", "text_formatting_pipeline", "mock_uppercase_converter"));

    [ToolkitFact]
    public async Task HybridControlFlow_RouterToRouter_Answers() => Assert.Equal(
        "banana", await AnswerAsync("hybrid_control_flow/src/nat_hybrid_control_flow/configs/config.yml", "something yellow", "general_advisor", "fruit_advisor"));

    [ToolkitTheory]
    [InlineData("config_inheritance/configs/base-config.yml")]
    [InlineData("config_inheritance/configs/config-debug.yml")]
    [InlineData("config_inheritance/configs/config-different-model.yml")]
    [InlineData("config_inheritance/configs/config-high-temp.yml")]
    [InlineData("config_inheritance/configs/config-high-temp-debug.yml")]
    [InlineData("config_inheritance/configs/config-with-tracing.yml")]
    [InlineData("getting_started/simple_calculator/src/nat_simple_calculator/configs/config.yml")]
    [InlineData("prompt_from_file/configs/config.yml")]
    public async Task ReActOverCalculator_EveryVariant_CallsTheToolAndAnswers(string file)
    {
        string[] replies = ["\"Thought: multiply.\\nAction: calculator__multiply\\nAction Input: {\\\"numbers\\\": [14, 27]}\"", "\"Thought: done.\\nFinal Answer: 378\""];

        Assert.Equal("378", await AnswerAsync(file, "What is 14 times 27?", replies));
    }

    private async Task<string> AnswerAsync(string file, string question, params string[] replies)
    {
        var options = new WorkflowHubOptions { Plugins = _plugins };
        if (replies.Length > 0)
        {
            options.Overrides =
            [
                new("llms.nim_llm._type", "nat_test_llm"),
                new("llms.nim_llm.response_seq", $"[{string.Join(", ", replies)}]"),
            ];
        }

        await using var hub = await HubHost.FromWorkflowAsync(SharedToolkit.Nat(File.Exists(SharedToolkit.Nat(file)) ? file : Flow + file), options);
        var run = await hub.RunAsync(hub.DefaultReasoner, question);
        Assert.True(run.Status == RunStatus.Completed, run.Failure?.Message);
        return run.Text;
    }
}
