using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Dashboard.Tests.Kit;

/// <summary>Asks a person, and says what they said.</summary>
internal sealed class Asker : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) =>
        run.Answer($"You said {await run.PromptAsync("Send 12.50 to Ada?", "yes", "no")}.");
}

/// <summary>Waits until somebody opens the gate.</summary>
internal sealed class Waiter(TaskCompletionSource gate) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        await run.OnceAsync("gate", async cancelled =>
        {
            await gate.Task.WaitAsync(cancelled);
            return true;
        });
        return run.Answer("The gate is open.");
    }
}

/// <summary>Looks three things up side by side, one of which fails, and asks a model.</summary>
internal sealed class Wide : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var found = await run.AllAsync(["one", "two", "three"], (branch, word) => branch.ScopeAsync("look up", async scope =>
        {
            try
            {
                return RunTools.ResultText(await scope.Tool("count").InvokeAsync(new() { ["word"] = word }));
            }
            catch (EffectFailedException)
            {
                return "?";
            }
        }));
        return run.Answer($"{string.Join(", ", found)}: {(await run.Model("m").GetResponseAsync("Sum up.")).Text}");
    }
}

/// <summary>Fails.</summary>
internal sealed class Broken : IReasoner
{
    public Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => throw new InvalidOperationException("The ledger is locked. Unlock it first.");
}
