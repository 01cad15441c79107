using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Runs.Benchmarks;

/// <summary>The shortest agent loop: ask the model, do what it asks, until it asks for nothing.</summary>
internal sealed class LoopReasoner : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var model = run.Model("model");
        var tool = run.Tool("look");
        List<ChatMessage> messages = [.. request.Messages];
        while (true)
        {
            var response = await model.GetResponseAsync(messages);
            messages.AddRange(response.Messages);
            if (response.Messages[^1].Contents.OfType<FunctionCallContent>().FirstOrDefault() is not { } call)
                return response;
            var result = await tool.InvokeAsync(new AIFunctionArguments(call.Arguments));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, result)]));
        }
    }
}

/// <summary>The function-invoking client of Microsoft.Extensions.AI over a run: code that knows no run.</summary>
internal sealed class FunctionInvokingReasoner : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        using var client = new FunctionInvokingChatClient(run.Model("model")) { MaximumIterationsPerRequest = int.MaxValue };
        return await client.GetResponseAsync(request.Messages, new ChatOptions { Tools = [run.Tool("look")] }, run.Cancelled);
    }
}
