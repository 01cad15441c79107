using System.Globalization;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary><c>/v1/completions</c>: texts that a model goes on with. A request is one run, however many prompts it has.</summary>
internal sealed class CompletionRoutes(RequestRuns runs, ServedModels models, HubServerOptions options)
{
    private const string Object = "text_completion";

    public async Task CompleteAsync(HttpContext http)
    {
        var request = CompletionRequest.Read(await JsonBody.ReadAsync(http));
        var function = await models.CompletingAsync(request.Model);
        var handle = runs.Start(http, function, request.Request, request.User, isStreamed: request.Stream);
        var created = options.Time.GetUtcNow().ToUnixTimeSeconds();
        http.Response.Headers["X-Run-Id"] = handle.RunId;
        await (request.Stream ? StreamAsync(http, request, handle, created) : WholeAsync(http, request, (handle, function), created));
    }

    private async Task WholeAsync(HttpContext http, CompletionRequest request, (IRunHandle Handle, string Function) run, long created)
    {
        var result = ServedModels.OrThrow(await runs.WaitAsync(http, run.Handle), run.Function);
        var contents = new List<AIContent>[request.Answers];
        foreach (var message in result.Response!.Messages)
        {
            if (Index(message.MessageId, request) is { } index)
                (contents[index] ??= []).AddRange(message.Contents);
        }

        var choices = contents.Select((c, i) => Choice(c ?? [], i, request) with { FinishReason = LogprobsAnswer.FinishReason(c ?? []) ?? "stop" });
        var answer = new TextCompletion($"cmpl-{result.RunId}", Object, created, request.Model ?? options.WorkflowName, [.. choices]) { Usage = ChatAnswer.Usage([result]) };
        http.Response.ContentType = "application/json";
        await http.Response.BodyWriter.WriteAsync(Wire.Bytes(answer), http.RequestAborted);
    }

    private async Task StreamAsync(HttpContext http, CompletionRequest request, IRunHandle handle, long created)
    {
        await using var guard = runs.Guard(http, handle);
        var stream = await EventStream.OpenAsync(http);
        var template = new TextCompletion($"cmpl-{handle.RunId}", Object, created, request.Model ?? options.WorkflowName, []);
        var sent = new Sent(request.Answers);
        await foreach (var entry in handle.ReadEventsAsync(0, http.RequestAborted))
        {
            if (entry.IsAnswerPart && entry.Update is { } update && Index(update.MessageId, request) is { } index && sent.Next(index, update.Contents))
                await stream.DataAsync(template with { Choices = [Choice(update.Contents, index, request)] });
        }

        var result = await handle.Completion;
        if (result.Status != RunStatus.Completed)
        {
            await stream.DataAsync(Failures.OpenAI(new RunFailedException(result)));
            return;
        }

        foreach (var (index, rest) in sent.Missing(result.Response!.Messages, m => Index(m.MessageId, request)))
            await stream.DataAsync(template with { Choices = [Choice(rest, index, request)] });
        if (request.StreamUsage)
            await stream.DataAsync(template with { Usage = ChatAnswer.Usage([result]) });
        await stream.DoneAsync();
    }

    private static CompletionChoice Choice(IList<AIContent> contents, int index, CompletionRequest request) => new(
        string.Concat(contents.OfType<TextContent>().Select(t => t.Text)), index,
        request.HasLogprobs ? LogprobsAnswer.Completion(LogprobsAnswer.Of(contents)) : null, LogprobsAnswer.FinishReason(contents));

    private static int? Index(string? messageId, CompletionRequest request) =>
        int.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < request.Answers ? index : null;

    /// <summary>What of each answer went out, so that nothing is lost where a part came before anybody watched.</summary>
    private sealed class Sent(int answers)
    {
        private readonly bool[] _began = new bool[answers];

        /// <summary>Notes a part; false where there is nothing in it.</summary>
        public bool Next(int index, IList<AIContent> contents)
        {
            if (!contents.Any(c => c is TextContent { Text.Length: > 0 } || c.AdditionalProperties is not null))
                return false;
            return _began[index] = true;
        }

        /// <summary>Answers of which nothing went out.</summary>
        public IEnumerable<(int Index, IList<AIContent> Contents)> Missing(IEnumerable<ChatMessage> messages, Func<ChatMessage, int?> index) =>
            messages.Where(m => index(m) is { } i && !_began[i]).GroupBy(m => index(m)!.Value).Select(g => (g.Key, (IList<AIContent>)[.. g.SelectMany(m => m.Contents)]));
    }
}
