using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Hub.Cli.Tests;

/// <summary><c>hub serve</c> where something is in its way, and where its process is ended without a word.</summary>
public sealed class ServeFaultTests : IDisposable
{
    private const int Jobs = 12;
    private const string Slow = "general: {front_end: {max_running_async_jobs: 4}}\nllms: {m: {_type: nat_test_llm, response_seq: ['Final Answer: hello'], delay_ms: 150}}\nfunctions: {now: {_type: current_datetime}}\nworkflow: {_type: react_agent, llm_name: m, tool_names: [now]}\n";
    private static readonly Dictionary<string, string> s_noSecrets = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-cli-faults-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serve_PortInUse_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var run = await ServeAsync(Slow, "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Equal(1, run.Code);
        Assert.Contains("is in use", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("general: {front_end: {ssl_certfile: nowhere.pem}}", "nowhere.pem cannot be used")]
    [InlineData("general: {front_end: {jwt: {jwks_file: nowhere.json, issuer: i, audience: a}}}", "nowhere.json cannot be read")]
    [InlineData("general: {front_end: {clients: [{api_key: '${HUB_TEST_NOT_SET}'}]}}", "reference to the environment")]
    [InlineData("general: {front_end: {compat: aiq7}}", "compat is 'aiq7'")]
    [InlineData("general: {telemetry: {tracing: {t: {_type: otelcollector, endpoint: nowhere, project: p}}}}", "an http or https address is needed")]
    public async Task Serve_FileThatCannotBeServed_SaysWhy(string general, string expected)
    {
        var run = await ServeAsync(Slow.Replace(Slow.Split('\n')[0], general, StringComparison.Ordinal), "--port", "0");

        Assert.Equal(1, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_KilledUnderLoad_FinishesAcceptedJobsOnce()
    {
        var file = Path.Combine(_folder, "flow.yml");
        await File.WriteAllTextAsync(file, Slow);
        string[] args = ["serve", "--config_file", file, "--port", "0", "--json", "--run-log", Path.Combine(_folder, "runs.db")];
        var accepted = new List<string>();
        using (var server = CliRun.Start(s_noSecrets, args))
        {
            using var http = await ConnectAsync(server);
            for (var i = 0; i < Jobs; i++)
            {
                using var answer = await http.PostAsJsonAsync("v1/workflow/async", new { input_message = "x", job_id = $"job-{i}" });
                if (answer.StatusCode == HttpStatusCode.Accepted)
                    accepted.Add($"job-{i}");
            }

            server.Kill(); // SIGKILL, with some done, some under way and some waiting
            await server.WaitForExitAsync();
        }

        using var next = CliRun.Start(s_noSecrets, args);
        try
        {
            using var http = await ConnectAsync(next);
            foreach (var job in accepted)
                Assert.Equal("success", await EndAsync(http, job));
        }
        finally
        {
            next.Kill(entireProcessTree: true);
            await next.WaitForExitAsync();
        }

        Assert.Equal(Jobs, accepted.Count);
        var runs = await CliRun.Of("runs", "list", "--run-log", Path.Combine(_folder, "runs.db"), "--json");
        Assert.Equal(accepted.Count, JsonElement.Parse(runs.Output).GetArrayLength());
    }

    private async Task<CliRun> ServeAsync(string workflow, params string[] args)
    {
        var file = Path.Combine(_folder, "flow.yml");
        await File.WriteAllTextAsync(file, workflow);
        return await CliRun.Of(["serve", "--config_file", file, .. args, "--run-log", "none"]);
    }

    private static async Task<HttpClient> ConnectAsync(Process server) =>
        new() { BaseAddress = new Uri(JsonElement.Parse((await server.StandardOutput.ReadLineAsync())!).GetProperty("url").GetString()!) };

    private static async Task<string> EndAsync(HttpClient http, string job)
    {
        for (var i = 0; ; i++)
        {
            var status = (await http.GetFromJsonAsync<JsonElement>($"v1/workflow/async/job/{job}")).GetProperty("status").GetString()!;
            if (status is "success" or "failure" || i > 1200)
                return status;
            await Task.Delay(50);
        }
    }
}
