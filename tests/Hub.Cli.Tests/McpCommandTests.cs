using System.Text.Json;

namespace Hub.Cli.Tests;

/// <summary><c>hub mcp</c>: a workflow's functions as tools, and the commands that ask a server of them.</summary>
public sealed class McpCommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Tools_ServedAndAsked_AnswerAndAreTracedWhereTheFileSays()
    {
        var steps = Path.Combine(_scratch.Folder, "steps.jsonl");
        var file = _scratch.Write("traced.yml", $$"""
            general:
              telemetry:
                tracing: {steps: {_type: file, output_path: {{JsonSerializer.Serialize(steps)}}, project: sums} }
            llms: {m: {_type: nat_test_llm, response_seq: ['Final Answer: 378'] } }
            function_groups: {calculator: {_type: calculator} }
            workflow: {_type: react_agent, tool_names: [calculator], llm_name: m}
            """);
        using var server = CliRun.Start(new Dictionary<string, string> { ["HUB_API_KEY"] = "k" }, "mcp", "serve", "--config_file", file, "--port", "0", "--json", "--run-log", "none");
        try
        {
            var url = JsonElement.Parse((await server.StandardOutput.ReadLineAsync())!).GetProperty("url").GetString()!;
            var key = new Dictionary<string, string> { ["HUB_MCP_TOKEN"] = "k" };

            var tools = await CliRun.Of(key, "mcp", "client", "tool", "list", "--url", url);
            Assert.Contains("calculator__multiply\n", tools.Output, StringComparison.Ordinal);
            var product = await CliRun.Of(key, "mcp", "client", "tool", "call", "calculator__multiply", "--url", url, "--json-args", """{"numbers": [14, 27]}""");
            Assert.Equal(0, product.Code);
            Assert.Contains("378", product.Output, StringComparison.Ordinal);
            Assert.Equal(1, (await CliRun.Of("mcp", "client", "ping", "--url", url)).Code); // no key

            using (System.Diagnostics.Process.Start("kill", ["-TERM", $"{server.Id}"]))
                await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Contains("multiply", await File.ReadAllTextAsync(steps), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("more than 0", "--timeout", "0")]
    [InlineData("at most 86400", "--timeout", "1e9")]
    [InlineData("--env has 'A'", "--env", "A")]
    public async Task Client_WrongArguments_SaysWhatIsNeeded(string says, params string[] args)
    {
        var run = await CliRun.Of(["mcp", "client", "ping", "--url", "http://127.0.0.1:1/mcp", .. args]);

        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("mcp", "serve")]
    [InlineData("a2a", "serve")]
    public async Task Serve_PortThatIsNone_IsRefusedByEachCommand(params string[] command)
    {
        var run = await CliRun.Of([.. command, "--config_file", _scratch.Workflow("Final Answer: x"), "--port", "70000", "--run-log", "none"]);

        Assert.Contains("0 to 65535", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
    }

    [Theory]
    [InlineData("mcp", "serve")]
    [InlineData("mcp", "client", "tool", "list")]
    [InlineData("mcp", "client", "tool", "call")]
    [InlineData("mcp", "client", "ping")]
    public async Task Help_OfEachCommand_HasAnExample(params string[] command) =>
        Assert.Contains($"hub {string.Join(' ', command)} ", (await CliRun.Of([.. command, "--help"])).Output, StringComparison.Ordinal);
}
