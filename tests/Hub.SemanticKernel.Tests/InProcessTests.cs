using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Hub.SemanticKernel.Tests;

public sealed class InProcessTests
{
    private const string Multiplying = "Thought: multiply\nAction: multiply\nAction Input: {\"a\": 14, \"b\": 27}";
    private const string Done = "Thought: done\nFinal Answer: 378";

    [Fact]
    public async Task Invoke_Reasoner_AnswersWithRunIdAndUsage()
    {
        await using var hub = Build(new Replies(Multiplying, Done));
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();

        var answer = await kernel.InvokeAsync("hub", "solver", new() { ["question"] = "What is 14 times 27?" });

        Assert.Equal("378", answer.GetValue<string>());
        Assert.Equal(2 * Replies.TokensACall, ((UsageDetails)answer.Metadata!["usage"]!).TotalTokenCount);
        var run = hub.Runs.Find((string)answer.Metadata["run_id"]!);
        Assert.Equal((RunStatus.Completed, "What is 14 times 27?"), (run.Status, run.Question));
    }

    [Fact]
    public async Task Invoke_RunThatAsksAPerson_SaysThatItWaits()
    {
        await using var hub = HubHost.CreateBuilder().AddReasoner("asker", new Asker()).Build();
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();

        var waits = await Assert.ThrowsAsync<RunFailedException>(() => kernel.InvokeAsync("hub", "asker", new() { ["question"] = "x" }));

        Assert.Equal(RunStatus.Suspended, waits.Result.Status);
        Assert.Contains("Which one?", waits.Message);
    }

    [Fact]
    public async Task Invoke_Cancelled_CancelsTheRun()
    {
        using var stop = new CancellationTokenSource();
        await using var hub = HubHost.CreateBuilder().AddReasoner("slow", new Slow(stop)).Build();
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => kernel.InvokeAsync("hub", "slow", new() { ["question"] = "x" }, stop.Token));

        Assert.Equal(RunStatus.Cancelled, Assert.Single(hub.Runs.List()).Status);
    }

    [Fact]
    public async Task ChatCompletion_OfAnEngine_IsARunOfTheHub()
    {
        await using var hub = Build(new Replies("Good day"));
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();

        var message = await kernel.GetRequiredService<IChatCompletionService>("m").GetChatMessageContentAsync(new ChatHistory("Be kind."), kernel: kernel);

        Assert.Equal("Good day", message.Content);
        Assert.Equal("model/m", Assert.Single(hub.Runs.List()).Header.Reasoner);
        Assert.Equal("Good day", (await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Hello")).Text);
    }

    [Fact]
    public async Task ChatCompletion_WithFunctionChoice_CallsTheKernelsFunctions()
    {
        await using var hub = Build(new Replies("call:today", "It is Tuesday."));
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();
        var called = 0;
        kernel.ImportPluginFromFunctions("calendar", [KernelFunctionFactory.CreateFromMethod(() => $"Tuesday {++called}", "today", "The day.")]);

        var answer = await kernel.InvokePromptAsync("Which day is it?", new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }));

        Assert.Equal(("It is Tuesday.", 1), (answer.ToString(), called));
    }

    [Fact]
    public async Task Embeddings_OfAnEmbedder_AreItsVectors()
    {
        await using var hub = HubHost.CreateBuilder().AddModel("m", new Replies("x")).AddEmbedder("length", new LengthEmbedder()).AddReasoner("asker", new Asker()).Build();
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("length");

        var vector = (await generator.GenerateAsync(["seven"]))[0].Vector;
        Assert.Equal(5f, Assert.Single(vector.ToArray()));
        Assert.Same(generator, kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.Contains("length", Assert.Throws<UnknownNameException>(() => hub.Embedder("width")).Message);
    }

    [Fact]
    public async Task AddHub_AppWithAServiceOfItsOwn_KeepsIt()
    {
        await using var hub = Build(new Replies("of the hub"));
        var builder = Kernel.CreateBuilder();
        builder.Services.AddChatClient(new Replies("of the app"));

        var kernel = builder.AddHub(hub).Build();

        Assert.Equal("of the app", (await kernel.GetRequiredService<IChatClient>().GetResponseAsync("Hello")).Text);
    }

    [Fact]
    public async Task AddTools_AgentThatNamesThePlugin_CallsItThroughTheKernel()
    {
        await using var hub = HubHost.CreateBuilder()
            .AddModel("m", new Replies("Thought: look\nAction: calendar__appointments\nAction Input: {\"day\": 3}", "Thought: done\nFinal Answer: the dentist"))
            .AddToolGroup("calendar")
            .AddReAct("planner", o => (o.Llm, o.Tools) = ("m", ["calendar"]))
            .Build();
        var kernel = Kernel.CreateBuilder().AddHub(hub).Build();
        var recorder = new Recorder();
        kernel.FunctionInvocationFilters.Add(recorder);
        kernel.ImportPluginFromFunctions("calendar", [KernelFunctionFactory.CreateFromMethod((int day) => $"dentist on {day}", "appointments", "Appointments of a day.")]);

        hub.AddTools(kernel, kernel.Plugins["calendar"]);
        var answer = await kernel.InvokeAsync("hub", "planner", new() { ["question"] = "What is on the third?" });

        Assert.Equal("the dentist", answer.ToString());
        Assert.Contains("calendar.appointments(day=3)", recorder.Seen);
        Assert.Contains("calendar.appointments=dentist on 3", recorder.Seen);
        Assert.DoesNotContain(recorder.Seen, s => s.StartsWith("hub_steps.calendar__", StringComparison.Ordinal));
        Assert.Equal("dentist on 4", (await hub.AsFunction("calendar__appointments").InvokeAsync(new() { ["day"] = 4 }))?.ToString());
    }

    [Fact]
    public async Task AddTools_NoneOfThem_TakesThemAwayAgain()
    {
        await using var hub = Build(new Replies(Done));
        hub.AddTools("more", [AIFunctionFactory.Create(() => 1, "one")]);
        Assert.Contains(hub.Functions, f => f.Name == "one");

        hub.AddTools("more", []);

        Assert.DoesNotContain(hub.Functions, f => f.Name == "one");
        Assert.Throws<UnknownNameException>(() => hub.Start("one", ReasonerRequest.From("{}")));
    }

    private static IHub Build(IChatClient model) => HubHost.CreateBuilder()
        .AddModel("m", model)
        .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies."))
        .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"]))
        .Build();

    private sealed class Asker : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => run.Answer(await run.PromptAsync("Which one?"));
    }

    private sealed class Slow(CancellationTokenSource stop) : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
        {
            await run.OnceAsync("wait", async cancelled =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancelled);
                return 0;
            });
            return run.Answer("never");
        }
    }
}
