// A person approves before anything happens: the run stops, the process may end, and the answer comes days later.
// Run it with: dotnet run samples/approval.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;

var log = Path.Combine(Directory.CreateTempSubdirectory().FullName, "runs.db");
string runId, question;
await using (var hub = Build(log))
{
    var waiting = await hub.RunAsync("payer", "Pay Ada 12.50.");
    (runId, question) = (waiting.RunId, waiting.Pending!.EffectId);
    Console.WriteLine($"{waiting.Status}: {waiting.Pending.Text}");
}

await using (var later = Build(log))                                 // another process, another day
{
    var run = await later.ResumeAsync(runId, new ResumeOptions { Answers = new Dictionary<string, string> { [question] = "yes" } });
    Console.WriteLine((await run.Completion).Text);
}

static IHub Build(string log) => HubHost.CreateBuilder()
    .AddTool(HubTool.Create((string to, decimal amount) => $"Sent {amount} to {to}.", "transfer"))
    .AddReasoner("payer", new Payer())
    .UseRunLog(log)
    .Build();

internal sealed class Payer : IReasoner
{
    public async Task<Microsoft.Extensions.AI.ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        if (await run.PromptAsync("Send 12.50 to Ada?", "yes", "no") != "yes")
            return run.Answer("Nothing was sent.");
        return run.Answer(RunTools.ResultText(await run.Tool("transfer").InvokeAsync(new() { ["to"] = "Ada", ["amount"] = 12.50m })));
    }
}
