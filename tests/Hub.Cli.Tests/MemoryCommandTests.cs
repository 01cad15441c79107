using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class MemoryCommandTests : IDisposable
{
    private const string Schema = """
        @prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix mem: <urn:hub:memory#> .
        :livesIn a owl:FunctionalProperty ; rdfs:label "lives in" ; mem:begins "moved to" .
        """;

    private readonly Scratch _scratch = new();

    private string Store => Path.Combine(_scratch.Folder, "mind.db");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Write_RecallHistoryPurge_TellOneStory()
    {
        var first = await WriteAsync("run1", "Bea moved to Bergen in 2020.");
        var second = await WriteAsync("run2", "Bea moved to Oslo in May 2024.");
        var recall = await OfAsync("recall", "Where does Bea live?");
        var evidence = await OfAsync("recall", "Where does Bea live?", "--evidence");
        var history = await OfAsync("history", "Where does Bea live?");
        var purge = await OfAsync("purge", "--source", "run2");
        var after = await OfAsync("recall", "Where does Bea live?");

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Contains("it began later", second.Output, StringComparison.Ordinal);
        Assert.StartsWith("Bea lives in Oslo since 2024-05-01\n", recall.Output, StringComparison.Ordinal);
        Assert.Contains("against:", evidence.Output, StringComparison.Ordinal);
        Assert.Equal(2, history.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Proven: all that depended on the source is gone", purge.Output, StringComparison.Ordinal);
        Assert.StartsWith("Bea lives in Bergen since 2020-01-01\n", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FactsAndLines_AreTaken()
    {
        var facts = await OfAsync("write", "--source", "a", "--facts", _scratch.Write("facts.json", """[{"subject":"Bea","predicate":"lives in","object":"Oslo"}]"""), "--json");
        var lines = await OfAsync("write", "--source", "b", "--file", _scratch.Write("said.txt", "Ada moved to Rome in 2021.\n\nNothing else.\n"));
        Assert.Contains("Oslo", JsonDocument.Parse(facts.Output).RootElement.GetProperty("claims").ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Kept; no fact was found in it.", lines.Output, StringComparison.Ordinal);
        Assert.Contains("Ada lives in Rome", (await OfAsync("recall", "Where does Ada live?")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no store", "recall", "Who?")]
    [InlineData("Give what was said", "write", "--source", "a")]
    [InlineData("There is no file 'gone.json'", "write", "--source", "a", "--facts", "gone.json")]
    public async Task Run_Misused_SaysWhatIsNeeded(string message, params string[] args)
    {
        var run = await OfAsync(args);
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_HasExamples() => Assert.Contains("hub memory recall --store mind.db", (await CliRun.Of("memory", "--help")).Output, StringComparison.Ordinal);

    private Task<CliRun> WriteAsync(string source, string text) => OfAsync("write", "--source", source, text);

    private Task<CliRun> OfAsync(params string[] args) => CliRun.Of(["memory", .. args, "--store", Store, "--schema", _scratch.Write("schema.ttl", Schema)]);
}
