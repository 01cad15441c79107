// Asks a workflow file, and then watches a second run as it happens.
// Run it with: dotnet run samples/ask.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using Hub.Abstractions;
using Hub.Hosting;

await using var hub = await HubHost.FromWorkflowAsync("samples/workflows/calculator.yml");
Console.WriteLine(await hub.AskAsync("Is the product of 14 and 27 greater than 300?"));

await foreach (RunEvent e in hub.StreamAsync("And 9 times 9?"))       // the same run, as it happens
    Console.WriteLine($"{e.Kind,-10} {e.Name,-16} {e.Summary}");
