using System.Diagnostics;
using System.Text.Json;

namespace Hub.Cli.Tests;

/// <summary><c>hub a2a</c>: a workflow as an agent, and the commands that ask one.</summary>
/// <remarks>Commands and keys: NeMo-Agent-Toolkit 201f3dc, packages/nvidia_nat_a2a/src/nat/plugins/a2a/cli/commands.py:176-185, 466-480, 575-590, 754-761; client_impl.py:226-260.</remarks>
public sealed class A2ACommandTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Agent_ServedAndAsked_AnswersAndSaysWhatItIs()
    {
        using var server = CliRun.Start(
            new Dictionary<string, string> { ["HUB_API_KEY"] = "k" },
            "a2a", "serve", "--config_file", _scratch.Workflow("Final Answer: 378"), "--port", "0", "--json", "--run-log", "none", "--name", "Sums");
        try
        {
            var url = JsonElement.Parse((await server.StandardOutput.ReadLineAsync())!).GetProperty("url").GetString()!;
            var key = new Dictionary<string, string> { ["HUB_A2A_TOKEN"] = "k" };

            var answer = await CliRun.Of(key, "a2a", "client", "call", "--url", url, "--message", "What is 14 times 27?");
            Assert.Equal((0, "378\n"), (answer.Code, answer.Output));
            var json = JsonElement.Parse((await CliRun.Of(key, "a2a", "client", "call", "--url", url, "--message", "x", "--json")).Output);
            Assert.Equal(("x", "378", "TASK_STATE_COMPLETED"), (json.GetProperty("message").GetString(), json.GetProperty("response").GetString(), json.GetProperty("state").GetString()));
            Assert.True(json.GetProperty("elapsed").GetDouble() >= 0);

            var file = Path.Combine(_scratch.Folder, "card.json");
            var found = await CliRun.Of("a2a", "client", "discover", "--url", url, "--save", file);
            Assert.StartsWith("Sums 1.0.0 at ", found.Output, StringComparison.Ordinal);
            Assert.Equal("Sums", JsonElement.Parse(await File.ReadAllTextAsync(file)).GetProperty("name").GetString());
            var info = JsonElement.Parse((await CliRun.Of("a2a", "client", "get_info", "--url", url, "--json-output")).Output);
            Assert.True(info.GetProperty("capabilities").GetProperty("streaming").GetBoolean());
            var skills = JsonElement.Parse((await CliRun.Of("a2a", "client", "get_skills", "--url", url, "--json")).Output);
            Assert.Equal(("Sums", info.GetProperty("num_skills").GetInt32()), (skills.GetProperty("agent").GetString(), skills.GetProperty("skills").GetArrayLength()));

            Assert.Contains("401", (await CliRun.Of("a2a", "client", "call", "--url", url, "--message", "x")).Error, StringComparison.Ordinal);
            using var http = new HttpClient { BaseAddress = new Uri(url) };
            Assert.Equal(200, (int)(await http.GetAsync("health")).StatusCode);
            foreach (var absent in (string[])["v1/models", "mcp", "dashboard"])
                Assert.Contains((int)(await http.GetAsync(absent)).StatusCode, (int[])[401, 404]);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData(1, "cannot be asked", "discover", "--url", "http://127.0.0.1:1")]
    [InlineData(1, "no address of an agent", "get_info", "--url", "nowhere")]
    [InlineData(2, "more than 0", "get_skills", "--url", "http://127.0.0.1:1", "--timeout", "0")]
    [InlineData(2, "--message", "call", "--url", "http://127.0.0.1:1")]
    [InlineData(2, "one of them is needed", "call", "--url", "http://127.0.0.1:1", "--message", "x", "--bearer-token", "a", "--bearer-token-env", "B")]
    [InlineData(2, "which is not set", "call", "--url", "http://127.0.0.1:1", "--message", "x", "--bearer-token-env", "HUB_NO_SUCH_VARIABLE")]
    public async Task Client_WrongArgumentsOrNoAgent_SaysWhatIsNeeded(int code, string says, params string[] args)
    {
        var run = await CliRun.Of(["a2a", "client", .. args]);

        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Equal(code, run.Code);
    }

    [Theory]
    [InlineData("a2a", "serve")]
    [InlineData("a2a", "client", "discover")]
    [InlineData("a2a", "client", "get_info")]
    [InlineData("a2a", "client", "get_skills")]
    [InlineData("a2a", "client", "call")]
    public async Task Help_OfEachCommand_HasAnExample(params string[] command) =>
        Assert.Contains($"hub {string.Join(' ', command)} --", (await CliRun.Of([.. command, "--help"])).Output, StringComparison.Ordinal);
}
