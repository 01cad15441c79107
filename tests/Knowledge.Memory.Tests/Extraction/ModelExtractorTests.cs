using Reasoners.Tests.Support;

namespace Knowledge.Memory.Tests.Extraction;

public sealed class ModelExtractorTests
{
    [Fact]
    public async Task Extract_WrongThenRight_SendsTheMistakeBack()
    {
        using var model = ScriptedChatClient.Of(
            """[{"subject":"Bea","predicate":"flies","object":"Oslo"}]""",
            "Sorry!\n```json\n[{\"subject\":\"Bea\",\"predicate\":\"lives in\",\"object\":\"Oslo\",\"from\":\"2024-05\"}]\n```");
        using var store = QuadStore.InMemory();
        using var memory = new GraphMemory(store, new ModelExtractor(model), new GraphMemoryOptions { Schema = MemorySchema.Parse(GraphMemoryTests.Schema) });
        var write = await memory.WriteAsync("run1", "Bea has been in Oslo since May 2024.");
        Assert.Equal("Bea lives in Oslo since 2024-05-01", (await memory.RecallAsync("Where does Bea live?")).Facts[0].Text);
        Assert.NotNull(write.Claims[0].Turn);
        Assert.Contains("the schema has no property 'flies'", model.Calls[1].Messages[^1].Text, StringComparison.Ordinal);
        Assert.Contains("- livesIn: lives in, moved to (one at a time)", model.Calls[0].Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_NeverRight_KeepsNothing()
    {
        using var model = ScriptedChatClient.Of("no", "no", "no");
        using var store = QuadStore.InMemory();
        using var memory = new GraphMemory(store, new ModelExtractor(model), new GraphMemoryOptions { Schema = MemorySchema.Parse(GraphMemoryTests.Schema) });
        await Assert.ThrowsAsync<MemoryFormatException>(() => memory.WriteAsync("run1", "Bea has been in Oslo."));
        Assert.Equal((0, 0, 3), (memory.Turns, memory.Count, model.Calls.Count));
    }
}
