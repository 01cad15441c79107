using Hub.Abstractions;
using Hub.Core;
using Hub.Workflows.Builtins.Memory;
using Hub.Workflows.Tests.Support;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Tests.Builtins;

public sealed class MemoryTests
{
    private const string Flowing = """
        llms: {m: {_type: echo, model: m}}
        memory: {mind: {_type: in_process_memory}}
        functions: {inner: {_type: chat_completion, llm_name: m, system_prompt: s}}
        workflow: {_type: auto_memory_agent, memory_name: mind, inner_agent_name: inner, save_ai_messages_to_memory: false}
        """;

    [Fact]
    public async Task SearchAsync_SeveralItems_BestFirstAndNobodyElses()
    {
        var memory = new InProcessMemory(new InProcessMemoryOptions());
        await memory.AddAsync([Item("ada", "Ada likes tea with milk"), Item("ada", "Ada likes green tea, and only green tea"), Item("ada", "Ada plays chess"), Item("bea", "Bea likes green tea")], default);

        var found = await memory.SearchAsync("ada", "green tea?", 5, default);

        Assert.Equal(["Ada likes green tea, and only green tea", "Ada likes tea with milk"], found.Select(f => f.Text));
        Assert.True(found[0].SimilarityScore > found[1].SimilarityScore);
        Assert.Single(await memory.SearchAsync("ada", "green tea", 1, default));
        Assert.Empty(await memory.SearchAsync("ada", "rowing", 5, default));
        Assert.Empty(await memory.SearchAsync("cleo", "tea", 5, default));
    }

    [Fact]
    public async Task AddAsync_TheSameTwice_IsKnownOnce()
    {
        var memory = new InProcessMemory(new InProcessMemoryOptions());
        await memory.AddAsync([Item("ada", "tea"), Item("ada", "tea")], default);
        await memory.AddAsync([Item("ada", "tea")], default);

        Assert.Single(await memory.SearchAsync("ada", "tea", 10, default));
    }

    [Fact]
    public async Task AddAsync_MoreThanTheLimit_SaysSoAndKeepsNothingOfIt()
    {
        var memory = new InProcessMemory(new InProcessMemoryOptions { MaxItems = 2 });
        await memory.AddAsync([Item("ada", "one")], default);

        var full = await Assert.ThrowsAsync<HubException>(() => memory.AddAsync([Item("ada", "two"), Item("ada", "three")], default));

        Assert.Contains("max_items is 2", full.Message, StringComparison.Ordinal);
        Assert.Empty(await memory.SearchAsync("ada", "two three", 10, default));
        await memory.RemoveAsync("ada", default);
        await memory.AddAsync([Item("ada", "two"), Item("ada", "three")], default);
        Assert.Equal(2, (await memory.SearchAsync("ada", "two three", 10, default)).Count);
    }

    [Fact]
    public void Scores_SmallCollection_AreTheFormulas()
    {
        // Two texts of 2 and 4 words; "a" stands in both, "b" in the first alone. k1 = 1.2, b = 0.75, average length 3.
        var scores = Bm25.Scores("b a", ["a b", "a c d e"]);

        double Idf(int holding) => Math.Log(1 + ((2 - holding + 0.5) / (holding + 0.5)));
        double Part(int length) => 1 * 2.2 / (1 + (1.2 * (0.25 + (0.75 * length / 3))));
        Assert.Equal((Idf(1) * Part(2)) + (Idf(2) * Part(2)), scores[0], 12);
        Assert.Equal(Idf(2) * Part(4), scores[1], 12);
    }

    [Fact]
    public async Task Tools_AddGetDelete_DoWhatTheySay()
    {
        var memory = new InProcessMemory(new InProcessMemoryOptions());
        var add = MemoryTools.Add(memory, null);

        Assert.Equal("Memory added. Go on, and answer the user.", Text(await add.InvokeAsync(new AIFunctionArguments { ["user_id"] = "ada", ["memory"] = "likes tea", ["tags"] = new[] { "drink" } })));
        Assert.Equal(
            "Memories as a JSON: \n[{\"conversation\":[{\"role\":\"user\",\"content\":\"likes tea\"}],\"tags\":[\"drink\"],\"metadata\":{},\"user_id\":\"ada\",\"memory\":\"likes tea\",\"similarity_score\":",
            Text(await MemoryTools.Get(memory, null).InvokeAsync(new AIFunctionArguments { ["query"] = "drink", ["top_k"] = 3, ["user_id"] = "ada" })).Split("0.")[0]);
        Assert.Equal("Memories deleted!", Text(await MemoryTools.Delete(memory, null).InvokeAsync(new AIFunctionArguments { ["user_id"] = "ada" })));
        Assert.Empty(await memory.SearchAsync("ada", "tea", 3, default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await add.InvokeAsync(new AIFunctionArguments { ["user_id"] = "ada" }));
    }

    [Fact]
    public async Task For_TwoTenants_SameUserIdIsTwoUsers()
    {
        var memory = new InProcessMemory(new InProcessMemoryOptions());
        var (ours, theirs) = (memory.For(Run("a")), memory.For(Run("b")));
        await ours.AddAsync([Item("ada", "tea")], default);
        await memory.AddAsync([Item("ada", "coffee")], default);

        Assert.Equal(["tea"], (await ours.SearchAsync("ada", "tea coffee", 5, default)).Select(i => i.Text));
        Assert.Equal("ada", (await ours.SearchAsync("ada", "tea", 5, default))[0].UserId);
        Assert.Empty(await theirs.SearchAsync("ada", "tea coffee", 5, default));
        await theirs.RemoveAsync("ada", default);
        Assert.Single(await ours.SearchAsync("ada", "tea", 5, default));
        Assert.Equal(["coffee"], (await memory.SearchAsync("ada", "tea coffee", 5, default)).Select(i => i.Text));

        static RunHeader Run(string tenant) => new() { RunId = "1", Reasoner = "r", Started = DateTimeOffset.UnixEpoch, Tenant = tenant };
    }

    [Fact]
    public async Task AutoMemory_SecondQuestion_SeesTheFirst()
    {
        var workflow = Flow.Build(Flowing);

        await using var hub = new ReasoningHub(new HubOptions { Components = new FixedComponents(workflow.Components, workflow.Reasoners), Store = new MemoryRunStore() });

        Assert.Equal("m: system: s | user: My cat is called Miso.", await hub.AskAsync("My cat is called Miso."));
        Assert.Equal("m: system: s | system: Relevant context from memory:\nMy cat is called Miso. | user: What is my cat called?", await hub.AskAsync("What is my cat called?"));
    }

    [Fact]
    public void AutoMemory_UnknownMemoryAndBadOptions_AreMistakes() => Assert.Equal(
        [
            "f.yml:3: workflow.search_params: search_params.top_k must be a whole number from 1 to 1000.",
            "f.yml:3: workflow.memory_name: There is no memory under 'memory' named 'mint'. Did you mean 'mind'?",
        ],
        Flow.Mistakes("""
            memory: {mind: {_type: in_process_memory}}
            functions: {inner: {_type: current_datetime}}
            workflow: {_type: auto_memory_agent, memory_name: mint, inner_agent_name: inner, search_params: {top_k: none}}
            """));

    private static MemoryItem Item(string user, string text) => new() { UserId = user, Memory = text };

    private static string Text(object? result) => RunTools.ResultText(result);
}
