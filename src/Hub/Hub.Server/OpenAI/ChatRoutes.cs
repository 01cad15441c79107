using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Toolkit;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.OpenAI;

/// <summary>Chat requests, in OpenAI's form and in the toolkit's.</summary>
internal sealed class ChatRoutes(RequestRuns runs, ServedFunctions functions, HubServerOptions options)
{
    /// <summary><c>/v1/chat/completions</c>: the model's name counts, <c>stream</c> decides.</summary>
    public async Task CompletionsAsync(HttpContext http)
    {
        var request = ChatRequest.Read(await JsonBody.ReadAsync(http));
        var reasoner = functions.Reasoner(request.Model) ?? throw new RequestException(
            StatusCodes.Status400BadRequest, new UnknownNameException("model", request.Model!, functions.Models.Select(m => m.Id)).Message, "model", "model_not_found");
        await (request.Stream ? StreamAsync(http, request, reasoner, isToolkit: false) : WholeAsync(http, request, reasoner));
    }

    /// <summary><c>/v1/chat</c> and <c>/chat</c>: always whole, always the route's own function; the model's name is the client's business.</summary>
    public Func<HttpContext, Task> Whole(string function) => async http =>
        await WholeAsync(http, ChatRequest.Read(await JsonBody.ReadAsync(http)), function);

    /// <summary><c>/v1/chat/stream</c> and <c>/chat/stream</c>: always streamed, steps included.</summary>
    public Func<HttpContext, Task> Stream(string function) => async http =>
        await StreamAsync(http, ChatRequest.Read(await JsonBody.ReadAsync(http)), function, isToolkit: true);

    /// <summary>The whole answer of a chat request to a function.</summary>
    public async Task WholeAsync(HttpContext http, ChatRequest request, string reasoner)
    {
        var created = options.Time.GetUtcNow().ToUnixTimeSeconds();
        var handles = Enumerable.Range(0, request.Choices).Select(i => Start(http, request, reasoner, i)).ToArray();
        var results = await Task.WhenAll(handles.Select(h => runs.WaitAsync(http, h)));
        var answer = ChatAnswer.Whole([.. results.Select(r => r.OrThrow())], request.Model ?? options.WorkflowName, created);
        http.Response.Headers["X-Run-Id"] = results[0].RunId;
        http.Response.ContentType = "application/json";
        await http.Response.BodyWriter.WriteAsync(Wire.Bytes(answer), http.RequestAborted);
    }

    private async Task StreamAsync(HttpContext http, ChatRequest request, string reasoner, bool isToolkit)
    {
        var handles = Enumerable.Range(0, request.Choices).Select(i => Start(http, request, reasoner, i)).ToArray();
        http.Response.Headers["X-Run-Id"] = handles[0].RunId;
        var stream = await EventStream.OpenAsync(http);
        var chunks = new ChunkWriter(stream, $"chatcmpl-{handles[0].RunId}", request.Model ?? options.WorkflowName, options.Time.GetUtcNow().ToUnixTimeSeconds());
        try
        {
            List<RunResult> results = [];
            for (var i = 0; i < handles.Length; i++)
                results.Add(await OneAsync(http, handles[i], i, chunks, isToolkit ? new StepAdaptor(options.FrontEnd.StepAdaptor, handles[i]) : null));
            await chunks.EndAsync(results, request.StreamUsage);
        }
        catch (RunFailedException failed)
        {
            foreach (var handle in handles)
                handle.Cancel();
            await (isToolkit ? stream.NakedAsync(Failures.Toolkit(failed)) : stream.DataAsync(Failures.OpenAI(failed)));
        }
    }

    private async Task<RunResult> OneAsync(HttpContext http, IRunHandle handle, int index, ChunkWriter chunks, StepAdaptor? steps)
    {
        await using var guard = runs.Guard(http, handle);
        await foreach (var entry in handle.ReadEventsAsync(0, http.RequestAborted))
        {
            if (entry.IsAnswerPart)
                await chunks.TextAsync(index, entry.Chunk!);
            else if (steps?.Step(entry) is { } step)
                await chunks.Stream.IntermediateAsync(step);
        }

        var result = (await handle.Completion).OrThrow();
        await chunks.RestAsync(index, result.Response);
        return result;
    }

    private IRunHandle Start(HttpContext http, ChatRequest request, string reasoner, int choice)
    {
        var own = request.Request;
        if (choice > 0 && own.Options?.Seed is { } seed)
        {
            own = own with { Options = own.Options.Clone() };
            own.Options!.Seed = seed + choice; // the same seed would give the same answer again
        }

        return runs.Start(http, reasoner, own, request.User, request.Stream);
    }
}
