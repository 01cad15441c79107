using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.Toolkit;

public sealed class AsyncJobTests
{
    private const string Path = "/v1/workflow/async";

    [Fact]
    public async Task Job_Submitted_RunsToItsEnd()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: done"));

        var (status, body) = await served.PostAsync("/generate/async", """{"input_message": "x", "job_id": "j-1"}""");

        // packages/nvidia_nat_core/src/nat/front_ends/fastapi/fastapi_front_end_config.py: AsyncGenerateResponse, AsyncGenerationStatusResponse
        Assert.Equal((202, """{"job_id":"j-1","status":"submitted"}"""), (status, body.GetRawText()));
        var job = await EndAsync(served, "j-1");
        Assert.Equal(["job_id", "status", "error", "output", "created_at", "updated_at", "expires_at"], job.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("success", """{"value":"done"}"""), (job.GetProperty("status").GetString(), job.GetProperty("output").GetRawText()));
    }

    [Fact]
    public async Task Job_WithinItsSyncTimeout_IsAnsweredAtOnce()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: done"));

        var (status, body) = await served.PostAsync(Path, """{"input_message": "x", "sync_timeout": 20}""");

        Assert.Equal((200, "success"), (status, body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Job_Failing_SaysWhy()
    {
        await using var served = await Served.ReActAsync(new Script((_, _, _) => throw new InvalidOperationException("The model is gone.")));

        await served.PostAsync(Path, """{"input_message": "x", "job_id": "j"}""");

        var job = await EndAsync(served, "j");
        Assert.Equal("failure", job.GetProperty("status").GetString());
        Assert.Contains("The model is gone.", job.GetProperty("error").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_Twice_IsOneRun()
    {
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: done"));

        await served.PostAsync(Path, """{"input_message": "x", "job_id": "j"}""");
        var (status, body) = await served.PostAsync(Path, """{"input_message": "x", "job_id": "j"}""");

        // docs/source/reference/rest-api/api-server-endpoints.md:153: "If `job_id` already exists, the server will return the latest status"
        Assert.Equal((200, "j"), (status, body.GetProperty("job_id").GetString()));
        Assert.Equal(["job_id", "status"], body.EnumerateObject().Select(p => p.Name));
        Assert.Single(served.Hub.Runs.List());
    }

    [Theory]
    [InlineData("""{"input_message": "x", "job_id": "../etc"}""", 422)]
    [InlineData("""{"input_message": "x", "sync_timeout": 301}""", 422)]
    [InlineData("""{"job_id": "j"}""", 422)]
    public async Task Job_Wrong_IsRefusedAndNothingRuns(string body, int expected)
    {
        await using var served = await Served.ReActAsync(Script.Says("x"));

        Assert.Equal(expected, (await served.PostAsync(Path, body)).Status);
        Assert.Equal(404, (await served.GetAsync($"{Path}/job/j")).Status);
        Assert.Empty(served.Hub.Runs.List());
    }

    [Fact]
    public async Task Job_InterruptedWithItsServer_FinishesOnceAtTheNextStart()
    {
        var file = System.IO.Path.Combine(Directory.CreateTempSubdirectory("hub-jobs-").FullName, "runs.db");
        var calls = 0;
        IHub Hub(Script model) => HubHost.CreateBuilder().AddModel("m", model)
            .AddTool(HubTool.Create(() => Interlocked.Increment(ref calls), "count", Redo.Never))
            .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["count"])).UseRunLog(file).Build();
        try
        {
            var atModel = new TaskCompletionSource();
            var turn = 0;
            await using (var first = await Served.StartAsync(Hub(new Script(async (_, _, cancelled) =>
            {
                if (turn++ == 0)
                    return new(Microsoft.Extensions.AI.ChatRole.Assistant, "Thought: t\nAction: count\nAction Input: None");
                atModel.SetResult();
                await Task.Delay(Timeout.Infinite, cancelled);
                return new();
            }))))
            {
                await first.PostAsync(Path, """{"input_message": "x", "job_id": "j"}""");
                await atModel.Task.WaitAsync(TimeSpan.FromSeconds(60));
            }

            await using var second = await Served.StartAsync(Hub(Script.Says("Final Answer: counted")));

            var job = await EndAsync(second, "j");
            Assert.Equal(("success", """{"value":"counted"}""", 1), (job.GetProperty("status").GetString(), job.GetProperty("output").GetRawText(), calls));
        }
        finally
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static async Task<JsonElement> EndAsync(Served served, string job)
    {
        for (var i = 0; i < 400; i++)
        {
            var (status, body) = await served.GetAsync($"{Path}/job/{job}");
            if (status == 200 && body.GetProperty("status").GetString() is "success" or "failure")
                return body;
            await Task.Delay(25);
        }

        throw new TimeoutException($"Job {job} did not end.");
    }
}
