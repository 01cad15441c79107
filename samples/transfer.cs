// A tool that must not happen twice: it is called with an idempotency key that is the same on every attempt.
// Run it with: dotnet run samples/transfer.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;

var bank = new Bank();
var transfer = HubTool.Create(
    (string to, decimal amount, ToolCallContext call) => bank.Transfer(to, amount, idempotencyKey: call.Key),
    name: "transfer", redo: Redo.WithSameKey);                       // Redo.Never (the default): the run stops and asks a person

await using var hub = HubHost.CreateBuilder()
    .AddTool(transfer)
    .AddReasoner("payer", new Payer())
    .Build();
Console.WriteLine(await hub.AskAsync("Pay Ada 12.50."));

internal sealed class Payer : IReasoner
{
    public async Task<Microsoft.Extensions.AI.ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var receipt = await run.Tool("transfer").InvokeAsync(new() { ["to"] = "Ada", ["amount"] = 12.50m });
        return run.Answer(RunTools.ResultText(receipt));
    }
}

internal sealed class Bank
{
    private readonly Dictionary<string, string> _done = [];

    public string Transfer(string to, decimal amount, string idempotencyKey)
    {
        if (!_done.TryGetValue(idempotencyKey, out var receipt))
            _done[idempotencyKey] = receipt = $"Sent {amount} to {to}.";
        return receipt;
    }
}
