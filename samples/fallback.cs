// A model that fails is tried again, and then another one answers. Attempts and failures are in the log: a resume repeats none of them.
// Run it with: dotnet run samples/fallback.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.Extensions.AI;

await using var hub = HubHost.CreateBuilder()
    .AddModel("big", new Unreachable())
    .AddModel("small", NanoModel.Load())
    .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies two numbers."))
    .AddReasoner("steady", new Fallback(["big", "big", "small"]))
    .Build();
var run = await hub.RunAsync("steady", "What is 14 times 27?");
Console.WriteLine($"{run.Text} ({hub.Runs.Read(run.RunId).Count(e => e is { Kind: RunEventKind.LlmEnd, Failure: not null })} failed attempts)");

/// <summary>Asks one model after the other until one answers.</summary>
internal sealed class Fallback(ModelRef[] models) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await new FunctionInvokingChatClient(run.Model(models[i])).GetResponseAsync(request.Messages, new() { Tools = [run.Tool("multiply")] });
            }
            catch (EffectFailedException) when (i + 1 < models.Length) { await run.DelayAsync(TimeSpan.FromMilliseconds(100 << i)); }
        }
    }
}

internal sealed class Unreachable() : DelegatingChatClient(NanoModel.Load())
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new HttpRequestException("No connection.");
}
