// A reasoner of one's own: asks the model twice, side by side, and keeps the answer only if both agree.
// Run it with: dotnet run samples/twice.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.Extensions.AI;

await using var hub = HubHost.CreateBuilder()
    .AddModel("nano", NanoModel.Load())
    .AddTool(AIFunctionFactory.Create((double a, double b) => a * b, "multiply"))
    .AddReasoner("twice", new TwiceReasoner(new TwiceOptions { Llm = "nano" }))
    .AddReasoner("caller", new CallerReasoner())
    .Build();
Console.WriteLine((await hub.RunAsync("twice", "What is 14 times 27?")).Text);
Console.WriteLine((await hub.RunAsync("caller", "What is 14 times 27?")).Text);

public sealed class TwiceOptions
{
    public ModelRef Llm { get; set; }
}

/// <summary>Asks the model twice, side by side, and keeps the answer only if both agree.</summary>
public sealed class TwiceReasoner(TwiceOptions options) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        string[] answers = await run.AllAsync([1, 2], async (branch, _) =>
            (await branch.Model(options.Llm).GetResponseAsync(request.Messages)).Text);
        return run.Answer(answers[0] == answers[1] ? answers[0] : "The two answers differ.");
    }
}

/// <summary>What others wrote for Microsoft.Extensions.AI is durable here too.</summary>
public sealed class CallerReasoner : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) =>
        await new FunctionInvokingChatClient(run.Model("nano")).GetResponseAsync(request.Messages, new() { Tools = [run.Tool("multiply")] });
}
