using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.OpenAI;

/// <summary>Chat requests in OpenAI's form.</summary>
internal sealed class ChatRoutes(RequestRuns runs, ServedModels models, HubServerOptions options)
{
    /// <summary><c>/v1/chat/completions</c>: the model's name counts, <c>stream</c> decides.</summary>
    public async Task CompletionsAsync(HttpContext http)
    {
        var request = ChatRequest.Read(await JsonBody.ReadAsync(http));
        var reasoner = models.Function(request.Model);
        if (request.Logprobs && !ServedModels.IsModel(reasoner))
            throw await models.RefusedAsync(request.Model, "reasons in steps, of whose tokens no log-probabilities are given", client => client.GetService(typeof(CompletionSupport)) is not null);
        await (request.Stream ? StreamAsync(http, request, reasoner) : WholeAsync(http, request, reasoner));
    }

    /// <summary>Chat requests to a route's own function: always whole; the model's name is the client's business.</summary>
    public Func<HttpContext, Task> Whole(string function) => async http =>
        await WholeAsync(http, ChatRequest.Read(await JsonBody.ReadAsync(http)), function);

    /// <summary>The whole answer of a chat request to a function.</summary>
    public async Task WholeAsync(HttpContext http, ChatRequest request, string reasoner)
    {
        var created = options.Time.GetUtcNow().ToUnixTimeSeconds();
        RunResult[] results = request.Choices == 1
            ? [await runs.RunAsync(http, reasoner, request.Request, request.User)]
            : await Task.WhenAll(Enumerable.Range(0, request.Choices).Select(i => Start(http, request, reasoner, i)).ToArray().Select(h => runs.WaitAsync(http, h)));
        foreach (var result in results)
            ServedModels.OrThrow(result, reasoner);
        var answer = ChatAnswer.Whole(results, request.Model ?? options.WorkflowName, created, request.Logprobs ? request.TopLogprobs : null);
        http.Response.Headers["X-Run-Id"] = results[0].RunId;
        http.Response.ContentType = "application/json";
        await http.Response.BodyWriter.WriteAsync(Wire.Bytes(answer), http.RequestAborted);
    }

    private async Task StreamAsync(HttpContext http, ChatRequest request, string reasoner)
    {
        var handles = Enumerable.Range(0, request.Choices).Select(i => Start(http, request, reasoner, i, isStreamed: true)).ToArray();
        http.Response.Headers["X-Run-Id"] = handles[0].RunId;
        var stream = await EventStream.OpenAsync(http);
        var chunks = new ChunkWriter(stream, $"chatcmpl-{handles[0].RunId}", request.Model ?? options.WorkflowName, options.Time.GetUtcNow().ToUnixTimeSeconds(), request.TopLogprobs);
        try
        {
            List<RunResult> results = [];
            for (var i = 0; i < handles.Length; i++)
                results.Add(await OneAsync(http, request, handles[i], i, chunks));
            await chunks.EndAsync(results, request.StreamUsage);
        }
        catch (RunFailedException failed)
        {
            foreach (var handle in handles)
                handle.Cancel();
            await stream.DataAsync(Failures.OpenAI(failed));
        }
    }

    private async Task<RunResult> OneAsync(HttpContext http, ChatRequest request, IRunHandle handle, int index, ChunkWriter chunks)
    {
        await using var guard = runs.Guard(http, handle);
        await foreach (var entry in handle.ReadEventsAsync(0, http.RequestAborted))
        {
            if (entry.IsAnswerPart)
                await chunks.TextAsync(index, entry.Chunk!, request.Logprobs ? LogprobsAnswer.Of(entry.Update?.Contents ?? []) : []);
        }

        var result = (await handle.Completion).OrThrow();
        await chunks.RestAsync(index, result.Response);
        return result;
    }

    private IRunHandle Start(HttpContext http, ChatRequest request, string reasoner, int choice, bool isStreamed = false)
    {
        var own = request.Request;
        if (choice > 0 && own.Options?.Seed is { } seed)
        {
            own = own with { Options = own.Options.Clone() };
            own.Options!.Seed = seed + choice; // the same seed would give the same answer again
        }

        return runs.Start(http, reasoner, own, request.User, isStreamed: isStreamed);
    }
}
