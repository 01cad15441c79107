// A Semantic Kernel app that answers through ReWOO: the hub's reasoners are functions of the plugin "hub".
// Run it with: dotnet run samples/semantic_kernel.cs
#:project ../src/Hub/Hub.Hosting
#:project ../src/Hub/Hub.SemanticKernel
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;
using Hub.SemanticKernel;
using Microsoft.SemanticKernel;

await using IHub hub = await HubHost.FromWorkflowAsync("samples/workflows/calculator.yml", new() { HasStandingReasoners = true });
Kernel kernel = Kernel.CreateBuilder().AddHub(hub).Build();          // in process: reasoners are functions, engines are chat services
FunctionResult answer = await kernel.InvokeAsync("hub", "rewoo", new() { ["question"] = "What is 14 times 27?" });
Console.WriteLine($"{answer}   (run {answer.Metadata!["run_id"]})");
