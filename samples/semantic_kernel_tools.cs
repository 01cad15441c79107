// A Semantic Kernel plugin as a tool of the hub: an agent calls the app's own functions, filters included.
// Run it with: dotnet run samples/semantic_kernel_tools.cs
#:project ../src/Hub/Hub.Hosting
#:project ../src/Hub/Hub.SemanticKernel
#:property PublishAot=false
using System.ComponentModel;
using Hub.Hosting;
using Hub.SemanticKernel;
using Microsoft.SemanticKernel;

await using var hub = HubHost.CreateBuilder()
    .AddModel("nano", NanoModel.Load())
    .AddToolGroup("calculator")                                      // declared here, filled below
    .AddReAct("solver", o => { o.Llm = "nano"; o.Tools = ["calculator"]; })
    .Build();
Kernel kernel = Kernel.CreateBuilder().AddHub(hub).Build();
kernel.ImportPluginFromType<Calculator>("calculator");
hub.AddTools(kernel, kernel.Plugins["calculator"]);                  // and the other way round
Console.WriteLine(await kernel.InvokeAsync("hub", "solver", new() { ["question"] = "What is 14 times 27?" }));

public sealed class Calculator
{
    private int _calls;

    [KernelFunction("multiply"), Description("Multiplies two numbers.")]
    public double Multiply(double a, double b)
    {
        Console.WriteLine($"Call {++_calls} through Semantic Kernel: {a} times {b}.");
        return a * b;
    }
}
