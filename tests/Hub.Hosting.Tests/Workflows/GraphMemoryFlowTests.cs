using Hub.Abstractions;
using Hub.Core;

namespace Hub.Hosting.Tests.Workflows;

/// <summary>Graph memories behind the toolkit's keys: provider, memory tools, auto-memory agent, tools for reasoners.</summary>
public sealed class GraphMemoryFlowTests : IDisposable
{
    private const string Schema = """
        @prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix mem: <urn:hub:memory#> .
        :livesIn a owl:FunctionalProperty ; rdfs:label "lives in" ; mem:begins "moved to" .
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-graph-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AutoMemory_OverAGraph_RecallsTurnsAndFactsOfItsTenantAlone()
    {
        await using var hub = await HubAsync("""
            workflow: {_type: auto_memory_agent, memory_name: mind, inner_agent_name: inner, save_ai_messages_to_memory: false}
            functions: {inner: {_type: chat_completion, llm_name: m, system_prompt: s}}
            """, "[noted, noted, noted]");
        var first = await RunAsync(hub, "Bea moved to Oslo in May 2024.", "a", "ada");
        Assert.Equal(("noted", 1), (first.Text, await CountAsync(hub, "Where does Bea live?", "a", "ada", "Bea lives in Oslo since 2024-05-01")));
        Assert.Equal(0, await CountAsync(hub, "Where does Bea live now?", "b", "ada", "Oslo"));
    }

    [Fact]
    public async Task Tools_RememberThenRecall_AreEffectsOfTheRun()
    {
        await using var hub = await HubAsync("""
            workflow: {_type: tool_calling_agent, llm_name: m, tool_names: [kg]}
            function_groups: {kg: {_type: graph_memory_tools, memory: mind}}
            """, "[unused]");
        async Task<string> CallAsync(string tool, string argument, string value) => (await RunAsync(hub, $"{{\"{argument}\": \"{value}\"}}", "a", "ada", $"kg__{tool}")).Text;

        Assert.Equal("Remembered, with 1 fact.", await CallAsync("remember", "text", "Bea moved to Bergen in 2020."));
        Assert.Contains("it began later", await CallAsync("remember", "text", "Bea moved to Oslo in May 2024."), StringComparison.Ordinal);
        Assert.Contains("Bea lives in Oslo", await CallAsync("recall", "question", "Where does Bea live?"), StringComparison.Ordinal);
        Assert.Contains("said by", await CallAsync("explain", "question", "Where does Bea live?"), StringComparison.Ordinal);
        Assert.Contains("oslo", await CallAsync("kg_neighbours", "entity", "Bea"), StringComparison.Ordinal);
        Assert.Equal("?o\n<urn:hub:entity:oslo>", await CallAsync("kg_query", "sparql", "SELECT ?o { ?s <http://example.org/livesIn> ?o }"));
    }

    [Fact]
    public async Task Validate_ToolsOverAnotherMemory_SaySo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "flow.yml"), """
            llms: {m: {_type: nat_test_llm, response_seq: [a]}}
            memory: {mind: {_type: hub_graph, llm_name: m}}
            function_groups: {kg: {_type: graph_memory_tools}}
            workflow: {_type: chat_completion, llm_name: m}
            """);
        var mistakes = HubHost.Validate(Path.Combine(_folder, "flow.yml")).Mistakes.Select(m => m.ToString()).ToList();
        Assert.Contains(mistakes, m => m.Contains("llm_name is given without schema", StringComparison.Ordinal));
        Assert.Contains(mistakes, m => m.Contains("it must name a memory of _type: hub_graph", StringComparison.Ordinal));
    }

    private async Task<IHub> HubAsync(string flow, string replies)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "schema.ttl"), Schema);
        await File.WriteAllTextAsync(Path.Combine(_folder, "flow.yml"), $$$"""
            llms: {m: {_type: nat_test_llm, response_seq: {{{replies}}}}}
            memory: {mind: {_type: hub_graph, path: {{{_folder}}}/memory, schema: {{{_folder}}}/schema.ttl}}
            {{{flow}}}
            """);
        return await HubHost.FromWorkflowAsync(Path.Combine(_folder, "flow.yml"));
    }

    private static Task<RunResult> RunAsync(IHub hub, string question, string tenant, string user, string? function = null) =>
        hub.Start(function ?? hub.DefaultReasoner, ReasonerRequest.From(question), new RunOptions { Tenant = tenant, UserId = user }).Completion;

    // How many of what was recalled in a run says so: the log has it, as the memory was asked by an effect.
    private static async Task<int> CountAsync(IHub hub, string question, string tenant, string user, string text)
    {
        var handle = hub.Start(hub.DefaultReasoner, ReasonerRequest.From(question), new RunOptions { Tenant = tenant, UserId = user });
        await handle.Completion;
        var count = 0;
        await foreach (var entry in handle.ReadEventsAsync(0))
            count += entry.Name == "mind.search" && entry.Output is { } output && System.Text.Encoding.UTF8.GetString(handle.Payload(output)!).Contains(text, StringComparison.Ordinal) ? 1 : 0;
        return count;
    }
}
