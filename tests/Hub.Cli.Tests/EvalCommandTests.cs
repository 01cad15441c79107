using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class EvalCommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Eval_AFile_WritesReportAndPlot()
    {
        var output = Path.Combine(_scratch.Folder, "report");
        var file = _scratch.Write("eval.yml", """
            llms: {m: {_type: nat_test_llm, response_seq: ["Final Answer: I cannot answer that with the tools I have."]}}
            workflow: {_type: chat_completion, llm_name: m}
            eval: {general: {output_dir: "OUTPUT", dataset: {_type: hub_nano, questions: 20, reasoners: [react_agent], families: [arithmetic, refusal]}}}
            """.Replace("OUTPUT", output, StringComparison.Ordinal));

        var run = await CliRun.Of("eval", "--config_file", file, "--json");

        var report = JsonElement.Parse(run.Output).GetProperty("reports")[0];
        Assert.Equal((0, "react_agent"), (run.Code, report.GetProperty("reasoner").GetString()));
        // A model that refuses everything is right where refusing is, and nowhere else.
        Assert.Equal(["all 5/10", "arithmetic 0/5", "refusal 5/5"], report.GetProperty("seen").EnumerateArray().Select(s => $"{s.GetProperty("family").GetString()} {s.GetProperty("right")}/{s.GetProperty("count")}"));
        Assert.Equal(run.Output, await File.ReadAllTextAsync(Path.Combine(output, "report.json")));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(Path.Combine(output, "accuracy.png")))[..4]);
    }

    [Theory]
    [InlineData("{_type: csv, file_path: x.csv}", "'csv'")]
    [InlineData("{_type: hub_nano, questions: -1}", "above 0")]
    [InlineData("{_type: hub_nano, reasoners: [react]}", "react_agent")]
    [InlineData("{_type: hub_nano, famlies: [x]}", "families")]
    public async Task Eval_WrongDataset_SaysWhatIsNeeded(string dataset, string message)
    {
        var file = _scratch.Write("eval.yml", $"llms: {{m: {{_type: nat_test_llm}}}}\nworkflow: {{_type: chat_completion, llm_name: m}}\neval: {{general: {{dataset: {dataset}}}}}\n");

        var run = await CliRun.Of("eval", "--config_file", file);

        Assert.Equal(2, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
