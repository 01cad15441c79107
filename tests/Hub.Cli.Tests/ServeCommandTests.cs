using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hub.Cli.Tests;

/// <summary><c>hub serve</c> as a process: asked over HTTP, its plugins changed over its channel, stopped with a signal.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private const string Key = "the-administrators-key";
    private const string Workflow = "llms: {m: {_type: nat_test_llm, response_seq: ['Final Answer: hello']}}\nfunctions: {now: {_type: current_datetime}}\nworkflow: {_type: react_agent, llm_name: m, tool_names: [now]}\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-cli-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serve_AskedAdministeredAndStopped_DoesAllThree()
    {
        var file = Path.Combine(_folder, "flow.yml");
        await File.WriteAllTextAsync(file, Workflow);
        Directory.CreateDirectory(Path.Combine(_folder, "plugins"));
        using var server = CliRun.Start(Secrets(), "serve", "--config_file", file, "--port", "0", "--json", "--run-log", "none", "--plugins", Path.Combine(_folder, "plugins"));
        try
        {
            var url = JsonElement.Parse((await server.StandardOutput.ReadLineAsync())!).GetProperty("url").GetString()!;
            using var http = new HttpClient { BaseAddress = new Uri(url) };
            using var answer = await http.PostAsJsonAsync("v1/workflow", new { input_message = "x" });
            Assert.Equal("""{"value":"hello"}""", await answer.Content.ReadAsStringAsync());

            var added = await CliRun.Of(Secrets(), "plugins", "add", Built("NoOp"), "--server", url);
            Assert.StartsWith("added noop 1.0.0+", added.Output, StringComparison.Ordinal);
            Assert.StartsWith("reloaded noop 1.0.0+", (await CliRun.Of(Secrets(), "plugins", "reload", "noop", "--server", url)).Output, StringComparison.Ordinal);
            Assert.Contains("\"noop\"", (await CliRun.Of(Secrets(), "plugins", "list", "--server", url, "--json")).Output, StringComparison.Ordinal);
            Assert.Equal("removed noop\n", (await CliRun.Of(Secrets(), "plugins", "remove", "noop", "--server", url)).Output);
            Assert.Contains("401", (await CliRun.Of(Secrets("wrong"), "plugins", "list", "--server", url)).Error, StringComparison.Ordinal);
            Assert.Contains("HUB_ADMIN_KEY", (await CliRun.Of("plugins", "list", "--server", url)).Error, StringComparison.Ordinal);

            using (Process.Start("kill", ["-TERM", $"{server.Id}"]))
                await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(0, server.ExitCode);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData(2, "There is no such file", "--config_file", "nowhere.yml")]
    [InlineData(1, "HUB_API_KEY", "--host", "0.0.0.0")]
    [InlineData(2, "0 to 65535", "--port", "70000")]
    [InlineData(2, "at least 1", "--concurrency", "0")]
    [InlineData(1, "no address to listen on", "--host", "nowhere.example")]
    public async Task Serve_WrongArguments_SayWhatIsNeeded(int code, string message, params string[] args)
    {
        var file = Path.Combine(_folder, "flow.yml");
        await File.WriteAllTextAsync(file, Workflow);

        var run = await CliRun.Of(["serve", .. args[0] == "--config_file" ? args : ["--config_file", file, .. args], "--run-log", "none"]);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(code, run.Code);
    }

    private static Dictionary<string, string> Secrets(string key = Key) => new() { ["HUB_ADMIN_KEY"] = key };

    private static string Built(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name);
    }
}
