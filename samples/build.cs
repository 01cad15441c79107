// Builds a hub in code: a model, a tool, a ReAct agent and a durable run log.
// Run it with: dotnet run samples/build.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.Extensions.AI;

await using var hub = HubHost.CreateBuilder()
    .AddModel("nano", NanoModel.Load())                              // any IChatClient
    .AddTool(AIFunctionFactory.Create((double a, double b) => a * b, "multiply"))
    .AddReAct("solver", o => { o.Llm = "nano"; o.Tools = ["multiply"]; o.MaxToolCalls = 8; })
    .UseRunLog("runs.db")                                            // durable: kill it, resume it
    .Build();
RunResult r = await hub.RunAsync("solver", "What is 14 times 27?");
Console.WriteLine($"{r.Text}   {r.Usage.TotalTokenCount} tokens, {r.Steps} steps, run {r.RunId}");
