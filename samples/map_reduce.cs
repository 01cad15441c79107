// Map and reduce: every document is asked side by side, four at a time, and one more question puts the answers together.
// Each question is an effect of its own: kill it in the middle, and what was answered is not asked again.
// Run it with: dotnet run samples/map_reduce.cs
#:project ../src/Hub/Hub.Hosting
#:property PublishAot=false
using System.Globalization;
using Hub.Abstractions;
using Hub.Hosting;

string[] documents = ["12 apples and 30 pears", "5 apples and 8 pears", "100 apples and 1 pear"];
await using var hub = HubHost.CreateBuilder()
    .AddModel("nano", NanoModel.Load())
    .AddToolGroup("calculator", HubTool.Create((double[] numbers) => numbers.Sum(), "add", Redo.Freely, "Adds two or more numbers."))
    .AddToolCalling("counter", o => (o.Llm, o.Tools) = ("nano", ["calculator"]))
    .AddReasoner("reader", new Reader(documents))
    .Build();
Console.WriteLine((await hub.RunAsync("reader", "How many fruits are there?")).Text);

/// <summary>Asks the counter for each document, then for the total.</summary>
internal sealed class Reader(string[] documents) : IReasoner
{
    public async Task<Microsoft.Extensions.AI.ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        string[] counts = await run.AllAsync(documents, (branch, text) => Ask(branch, string.Join(" and ", Numbers(text))), maxParallel: 4);
        return run.Answer($"{string.Join(" + ", counts)} = {await Ask(run, string.Join(", ", counts[..^1]) + " and " + counts[^1])}");
    }

    private static async Task<string> Ask(IRun run, string numbers) =>
        RunTools.ResultText(await run.Tool("counter").InvokeAsync(new() { ["input_message"] = $"What is the sum of {numbers}?" }));

    private static IEnumerable<int> Numbers(string text) =>
        text.Split(' ').Where(w => int.TryParse(w, out _)).Select(w => int.Parse(w, CultureInfo.InvariantCulture));
}
