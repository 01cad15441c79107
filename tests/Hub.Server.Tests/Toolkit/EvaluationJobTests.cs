using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Core;
using Hub.Hosting;
using Hub.Server.Tests.Kit;

namespace Hub.Server.Tests.Toolkit;

/// <summary><c>/evaluate</c>: jobs over a dataset, their files and their end.</summary>
/// <remarks>
/// Forms: NeMo-Agent-Toolkit 201f3dc, docs/source/reference/rest-api/evaluate-api.md:78-205 (request, answer, status, storage);
/// packages/nvidia_nat_eval/tests/fastapi/test_evaluate_endpoints.py:186-365 (words of 404s, ids, files);
/// docs/source/improve-workflows/evaluate.md (files of the output); packages/nvidia_nat_eval dataset_handler.py:108-130 (repetitions).
/// </remarks>
public sealed class EvaluationJobTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Directory.CreateTempSubdirectory("hub-evaluate-").FullName, "served")).FullName;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task Job_FromBeginningToEnd_IsAsWritten()
    {
        await using var served = await ServedAsync(Questions(3), "{eyes: {_type: avg_num_llm_calls}, judge: {_type: tunable_rag_evaluator, llm_name: j, judge_llm_prompt: Be strict.}}");
        var told = new StringBuilder();
        told.Append(await SaysAsync(served, "/evaluate/job/last"));
        told.Append(await SaysAsync(served, "/evaluate/job/non-existent-id"));
        told.Append(await SaysAsync(served, "/evaluate/jobs"));
        told.Append(await PostedAsync(served, """{"config_file": "eval.yml", "job_id": "test-job-123", "expiry_seconds": 600}"""));
        Assert.Equal("success", (await EndAsync(served, "test-job-123")).GetProperty("status").GetString());
        told.Append(await PostedAsync(served, """{"config_file": "eval.yml", "job_id": "test-job-123"}"""));
        told.Append(await SaysAsync(served, "/evaluate/job/test-job-123"));
        told.Append(await SaysAsync(served, "/evaluate/job/last"));
        told.Append(await SaysAsync(served, "/evaluate/jobs?status=success"));
        told.Append(await SaysAsync(served, "/evaluate/jobs?status=interrupted"));
        told.Append(await SaysAsync(served, "/evaluate/jobs?status=odd"));
        var output = Path.Combine(_folder, "out", "jobs", "test-job-123");
        foreach (var file in (string[])["eyes_output.json", "judge_output.json", "config_original.yml", "config_metadata.json"])
            told.Append($"{file}\n{await File.ReadAllTextAsync(Path.Combine(output, file))}\n\n");

        Golden.Check("Toolkit/evaluate", told.ToString().Replace(_folder, "FOLDER", StringComparison.Ordinal));
        var lines = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(output, "workflow_output.json")));
        Assert.Equal(3, lines.GetArrayLength());
        Assert.Equal(("hello", "expected 0", "kept"), (lines[0].GetProperty("generated_answer").GetString(), lines[0].GetProperty("answer").GetString(), lines[0].GetProperty("note").GetString()));
        Assert.Equal(["WORKFLOW_START", "LLM_START", "LLM_END", "WORKFLOW_END"], lines[0].GetProperty("intermediate_steps").EnumerateArray().Select(s => s.GetProperty("payload").GetProperty("event_type").GetString()!));
    }

    [Theory]
    [InlineData("""{}""", "'config_file' is missing")]
    [InlineData("""{"config_file": "doesnt/exist/config.yml"}""", "no such file")]
    [InlineData("""{"config_file": "/etc/hostname.yml"}""", "no such file")]
    [InlineData("""{"config_file": "../outside.yml"}""", "no such file")]
    [InlineData("""{"config_file": "eval\u0000.yml"}""", "extension .yaml or .yml")]
    [InlineData("""{"config_file": "questions.json"}""", "extension .yaml or .yml")]
    [InlineData("""{"config_file": "eval.yml", "job_id": "test/job/123"}""", "'job_id'")]
    [InlineData("""{"config_file": "eval.yml", "job_id": ".."}""", "'job_id'")]
    [InlineData("""{"config_file": "eval.yml", "reps": 0}""", "'reps'")]
    [InlineData("""{"config_file": "eval.yml", "reps": 999}""", "to be asked 999 times")]
    public async Task Submit_WhatCannotBe_Is422AndSaysWhy(string body, string says)
    {
        await using var served = await ServedAsync(Questions(11), "{eyes: {_type: avg_num_llm_calls}}");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_folder)!, "outside.yml"), "eval: {}");

        var (status, answer) = await served.PostAsync("/evaluate", body);

        Assert.Equal(422, status);
        Assert.Contains(says, answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("[]", (await served.GetAsync("/evaluate/jobs")).Body.GetRawText());
    }

    [Theory]
    [InlineData("eval: {evaluators: {}}", "eval.general.dataset is missing")]
    [InlineData("eval: {general: {dataset: {_type: xls, file_path: x.xls}}}", "_type is 'xls'")]
    [InlineData("eval: {general: {dataset: {_type: json, file_path: gone.json}}}", "there is no file 'gone.json'")]
    [InlineData("eval: {general: {dataset: {_type: jsonl, file_path: questions.json}}}", "cannot be read as jsonl")]
    [InlineData("eval: {general: {dataset: {_type: json, file_path: questions.json}}, evaluators: {s: {_type: langsmith, evaluator: x}}}", "no evaluator of that type")]
    [InlineData("eval: {general: {dataset: {_type: json, file_path: questions.json}}, evaluators: {j: {_type: trajectory, llm_name: nobody}}}", "nobody")]
    [InlineData("eval: {general: {dataset: {_type: json, id_key: number, file_path: questions.json}}}", "no id under 'number'")]
    public async Task Submit_FileWithMistakes_Is422AndSaysWhich(string yaml, string says)
    {
        await using var served = await ServedAsync("""[{"id": 1, "question": "q"}, {"id": 2, "question": "r"}]""", "{}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "eval.yml"), yaml);
        await File.WriteAllTextAsync(Path.Combine(_folder, "questions.json"), "[{\"id\": 1, \"question\": \"q\"},\n{\"id\": 2, \"question\": \"r\"}]");

        var (status, answer) = await served.PostAsync("/evaluate", """{"config_file": "eval.yml"}""");

        Assert.Equal(422, status);
        Assert.Contains(says, answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_WithRepetitionsAndFilters_AsksThoseRows()
    {
        await using var served = await ServedAsync(
            "id,question,answer,kind\na,\"What, then?\",1,good\nb,Skipped?,2,bad\nc,Third?,3,good_too\nc,Twice?,3,good\nd,  ,4,good\n",
            "{}", "csv", "filter: {allowlist: {field: {kind: ['good*', 'ba?']}}, denylist: {field: {kind: ['[ab]ad']}}}");

        await served.PostAsync("/evaluate", """{"config_file": "eval.yml", "job_id": "j", "reps": 2}""");
        Assert.Equal("success", (await EndAsync(served, "j")).GetProperty("status").GetString());

        var lines = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "jobs", "j", "workflow_output.json")));
        Assert.Equal(["a_rep0", "c_rep0", "a_rep1", "c_rep1"], lines.EnumerateArray().Select(l => l.GetProperty("id").GetString()!));
        Assert.Equal(("What, then?", 1), (lines[0].GetProperty("question").GetString(), lines[0].GetProperty("answer").GetInt32()));
    }

    [Fact]
    public async Task Job_JudgeFails_IsTheItemsErrorAndTheJobEnds()
    {
        // A judge whose words are no JSON scores 0 and says so: tunable_rag_evaluator.py:243-247.
        await using var served = await ServedAsync(Questions(1), "{judge: {_type: tunable_rag_evaluator, llm_name: m, judge_llm_prompt: Be strict.}}");

        await served.PostAsync("/evaluate", """{"config_file": "eval.yml", "job_id": "j"}""");
        Assert.Equal("success", (await EndAsync(served, "j")).GetProperty("status").GetString());

        var scores = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "jobs", "j", "judge_output.json")));
        var item = scores.GetProperty("eval_output_items")[0];
        Assert.Equal((0.0, 0.0), (scores.GetProperty("average_score").GetDouble(), item.GetProperty("score").GetDouble()));
        Assert.Contains("it began: hello", item.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_OfAProcessThatEnded_GoesOnInTheNextAndAsksNothingTwice()
    {
        var log = Path.Combine(_folder, "runs.db");
        await using (var first = await ServedAsync(Questions(3), "{eyes: {_type: avg_num_llm_calls}}", sitting: new Sitting(log, 30_000)))
        {
            await first.PostAsync("/evaluate", """{"config_file": "eval.yml", "job_id": "j"}""");
            await Until.TrueAsync(() => first.Hub.Runs.List(10).Count(r => r.Events > 1) == 3);
        }

        await using (var second = await ServedAsync(Questions(3), "{eyes: {_type: avg_num_llm_calls}}", sitting: new Sitting(log)))
        {
            var ended = await EndAsync(second, "j");
            Assert.Equal("success", ended.GetProperty("status").GetString());
            Assert.Equal(3, second.Hub.Runs.List(10).Count);
        }

        // A third finds it ended, and does nothing again.
        await using var third = await ServedAsync(Questions(3), "{eyes: {_type: avg_num_llm_calls}}", sitting: new Sitting(log));
        Assert.Equal("success", (await EndAsync(third, "j")).GetProperty("status").GetString());
        Assert.Equal(3, third.Hub.Runs.List(10).Count);
        Assert.Equal(1.0, JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "jobs", "j", "eyes_output.json"))).GetProperty("average_score").GetDouble());
    }

    [Fact]
    public async Task Start_OverALogOfManyRuns_ReadsHeadersOfJobsAlone()
    {
        var log = Path.Combine(_folder, "runs.db");
        await using (var first = await ServedAsync(Questions(3), "{eyes: {_type: avg_num_llm_calls}}", sitting: new Sitting(log)))
        {
            await first.PostAsync("/evaluate", """{"config_file": "eval.yml", "job_id": "j"}""");
            await EndAsync(first, "j");
            for (var i = 0; i < 20; i++)
                await first.Hub.RunAsync(first.Hub.DefaultReasoner, ReasonerRequest.From("x"));
        }

        var store = new CountingStore(new SqliteRunStore(new() { Path = log }));
        await using var second = await Served.ReActAsync(
            Script.Says("Final Answer: x"), o => (o.EvaluationParts, o.EvaluationRoots) = (file => HubHost.Evaluation(file), [_folder]), hub => hub.UseRunStore(() => store));

        Assert.Equal("success", (await EndAsync(second, "j")).GetProperty("status").GetString());
        Assert.Equal(3, store.Listed);
        Assert.Equal(23, store.List().Count);
    }

    [Fact]
    public async Task Jobs_OfAnotherTenant_AreNotThere()
    {
        await using var served = await ServedAsync(Questions(1), "{}", configure: o => o.Clients = [new ApiClient { ApiKey = "k-acme", Tenant = "acme" }, new ApiClient { ApiKey = "k-other", Tenant = "other" }]);
        served.Http.DefaultRequestHeaders.Add("X-API-Key", "k-acme");
        await served.PostAsync("/evaluate", """{"config_file": "eval.yml", "job_id": "j"}""");
        var own = await EndAsync(served, "j");

        served.Http.DefaultRequestHeaders.Remove("X-API-Key");
        served.Http.DefaultRequestHeaders.Add("X-API-Key", "k-other");
        Assert.Equal(404, (await served.GetAsync("/evaluate/job/j")).Status);
        Assert.Equal("[]", (await served.GetAsync("/evaluate/jobs")).Body.GetRawText());
        await served.PostAsync("/evaluate", """{"config_file": "eval.yml", "job_id": "j"}""");
        Assert.NotEqual(own.GetProperty("output_path").GetString(), (await EndAsync(served, "j")).GetProperty("output_path").GetString());
    }

    private static string Questions(int count) => $"[{string.Join(", ", Enumerable.Range(0, count).Select(i => $$"""{"id": {{i}}, "question": "question {{i}}?", "answer": "expected {{i}}", "note": "kept"}"""))}]";

    private async Task<Served> ServedAsync(string dataset, string evaluators, string type = "json", string more = "filter: {}", Sitting? sitting = null, Action<HubServerOptions>? configure = null)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, $"questions.{type}"), dataset);
        await File.WriteAllTextAsync(Path.Combine(_folder, "flow.yml"), $$$"""
            llms: {m: {_type: nat_test_llm, response_seq: ['hello'], delay_ms: {{{sitting?.Delay ?? 0}}}}}
            workflow: {_type: chat_completion, llm_name: m}
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "eval.yml"), $$$"""
            llms: {m: {_type: nat_test_llm, response_seq: ['hello']}, j: {_type: nat_test_llm, response_seq: ["```json\n{\"score\": 0.75, \"reasoning\": \"Close.\"}\n```"]}}
            eval:
              general:
                output_dir: {{{_folder}}}/out
                dataset:
                  _type: {{{type}}}
                  file_path: questions.{{{type}}}
                  {{{more}}}
              evaluators: {{{evaluators}}}
            """);
        return await Served.StartAsync(await HubHost.FromWorkflowAsync(Path.Combine(_folder, "flow.yml"), new WorkflowHubOptions { RunLog = sitting?.Log }), o =>
        {
            (o.EvaluationParts, o.EvaluationRoots) = (file => HubHost.Evaluation(file), [_folder]);
            configure?.Invoke(o);
        });
    }

    /// <summary>One process of several over the same log.</summary>
    private sealed record Sitting(string Log, int Delay = 0);

    private static async Task<string> PostedAsync(Served served, string body)
    {
        using var answer = await served.Http.PostAsync("/evaluate", Served.Json(body));
        return $"POST /evaluate {body}\n{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\n\n";
    }

    private static async Task<string> SaysAsync(Served served, string path)
    {
        using var answer = await served.Http.GetAsync(path);
        return $"GET {path}\n{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\n\n";
    }

    private static async Task<JsonElement> EndAsync(Served served, string job)
    {
        for (var i = 0; i < 800; i++)
        {
            var (status, body) = await served.GetAsync($"/evaluate/job/{job}");
            if (status == 200 && body.GetProperty("status").GetString() is "success" or "failure")
                return body;
            await Task.Delay(25);
        }

        throw new TimeoutException($"Job {job} did not end: {(await served.GetAsync($"/evaluate/job/{job}")).Body.GetRawText()}");
    }
}
