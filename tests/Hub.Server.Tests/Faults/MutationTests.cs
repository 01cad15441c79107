using System.Text;
using Hub.Abstractions;
using Hub.Hosting;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Faults;

/// <summary>Bodies of requests, changed at random: whatever comes, the server says what is wrong with it and never that it broke.</summary>
/// <remarks><c>HUB_MUTATIONS=1000</c> runs a thousand of each; the gate runs fewer.</remarks>
public sealed class MutationTests
{
    private static readonly int s_each = int.TryParse(Environment.GetEnvironmentVariable("HUB_MUTATIONS"), out var wanted) ? wanted : 60;

    [Theory]
    [InlineData("/v1/workflow", """{"input_message": "What is 6 times 7?"}""")]
    [InlineData("/generate/stream", """{"input_message": "What is 6 times 7?"}""")]
    [InlineData("/v1/workflow/async", """{"input_message": "x", "sync_timeout": 0, "expiry_seconds": 3600}""")]
    [InlineData("/v1/chat", """{"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": [{"type": "text", "text": "x"}]}], "model": "m", "temperature": 0.5, "stop": ["a"], "n": 1}""")]
    [InlineData("/chat/stream", """{"messages": [{"role": "user", "content": "x"}], "stream": true, "stream_options": {"include_usage": true}}""")]
    [InlineData("/v1/chat/completions", """{"messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}], "tool_choice": "auto", "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}}, "seed": 7, "max_tokens": 5}""")]
    [InlineData("/product", """{"a": 6, "b": 7}""")]
    [InlineData("/executions/RUN/interactions/ID/response", """{"response": {"type": "radio", "selected_option": {"id": "a", "label": "b", "value": "c"}}}""")]
    public async Task Body_ChangedAtRandom_IsNeverAServerError(string path, string body)
    {
        await using var served = await Served.StartAsync(
            HubHost.CreateBuilder().AddModel("m", Script.Says("Final Answer: x")).AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely))
                .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"])).AddReasoner("asks", new Asking()).Build(),
            o => o.FrontEnd.Endpoints = [new ServedEndpoint { Path = "/product", FunctionName = "multiply" }, new ServedEndpoint { Path = "/asks", FunctionName = "asks" }]);
        if (path.Contains("RUN", StringComparison.Ordinal))
            path = (await served.PostAsync("/asks", """{"input_message": "x"}""")).Body.GetProperty("response_url").GetString()!;
        await MutateAsync(served, path, body);
    }

    [Theory]
    [InlineData("/evaluate/item", """{"evaluator_name": "latency", "item": {"id": "1", "input_obj": "a", "output_obj": "b", "trajectory": [{"payload": {"event_type": "LLM_END", "event_timestamp": 1.5, "UUID": "u", "usage_info": {"token_usage": {"total_tokens": 3}}}}]}}""")]
    [InlineData("/evaluate", """{"config_file": "eval.yml", "job_id": "j", "reps": 2, "expiry_seconds": 3600}""")]
    public async Task Evaluation_ChangedAtRandom_IsNeverAServerError(string path, string body)
    {
        var folder = Directory.CreateTempSubdirectory("hub-mutations-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "flow.yml"), "llms: {m: {_type: nat_test_llm, response_seq: ['x']}}\nworkflow: {_type: chat_completion, llm_name: m}\neval: {evaluators: {latency: {_type: avg_llm_latency}}}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "eval.yml"), $"eval: {{general: {{output_dir: {folder}/out, dataset: {{_type: json, file_path: questions.json}}}}}}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "questions.json"), """[{"id": 1, "question": "q"}]""");
        await using (var served = await Served.StartAsync(await HubHost.FromWorkflowAsync(Path.Combine(folder, "flow.yml")), o => (o.EvaluationParts, o.EvaluationRoots) = (file => HubHost.Evaluation(file), [folder])))
            await MutateAsync(served, path, body);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task MutateAsync(Served served, string path, string body)
    {
        var random = new Random(path.Length * 31);

        for (var i = 0; i < s_each; i++)
        {
            var changed = Mutations.Of(Encoding.UTF8.GetBytes(body), random);
            using var content = new ByteArrayContent(changed);
            content.Headers.ContentType = new("application/json");
            using var response = await served.Http.PostAsync(path, content);
            Assert.True((int)response.StatusCode < 500, $"{(int)response.StatusCode} for {path} with {Encoding.UTF8.GetString(changed)}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    private sealed class Asking : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer($"said {await run.PromptAsync("Go on?", "c", "d")}");
    }
}
