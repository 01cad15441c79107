using Hub.Abstractions;
using Hub.Core;
using Knowledge.Store;
using Microsoft.Extensions.AI;
using Reasoners.Tests.Support;

namespace Reasoners.Symbolic.Tests;

public sealed class RdfReasonerTests : IDisposable
{
    private const string Family = """
        @prefix : <http://example.org/family#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :ada :parent :bea ; rdfs:label "Ada" . :bea :parent :cleo .
        """;

    private const string Rules = "[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]";

    private readonly string _folder = Directory.CreateTempSubdirectory("rdf-").FullName;
    private readonly MemoryRunStore _store = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(":ada :grandparent ?who", "?who\n:cleo\n\nBecause:\n")]
    [InlineData("SELECT ?who { :ada :grandparent ?who }", "?who\n:cleo\n\nBecause:\n")]
    [InlineData("ASK { :ada :grandparent :cleo }", "true\n\nBecause:\n")]
    [InlineData("SELECT (COUNT(*) AS ?n) { ?a :parent ?b FILTER(?b != :ada) }", "?n\n2")]
    [InlineData(":cleo :grandparent ?who", "Nothing follows.")]
    public async Task Run_Goal_AnswersWithProofs(string goal, string answer)
    {
        var result = await AskAsync(goal, null);
        Assert.StartsWith(answer, result.Text, StringComparison.Ordinal);
        if (answer.EndsWith("Because:\n", StringComparison.Ordinal))
            Assert.Contains("gp", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OwnRulesAndData_HoldForThisQuestionAlone()
    {
        var asked = System.Text.Json.JsonSerializer.Serialize(new RdfQuestion(":dan :uncle ?x", "[u: (?p :parent ?x) (?p :brother ?d) -> (?d :uncle ?x)]", "@prefix : <http://example.org/family#> . :ada :brother :dan ."));
        Assert.StartsWith("?x\n:bea\n", (await AskAsync(asked, null)).Text, StringComparison.Ordinal);
        Assert.StartsWith("Nothing follows.", (await AskAsync(":dan :uncle ?x", null)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoreBesideFiles_AnswersFromBothAndChangesNothing()
    {
        var folder = Path.Combine(_folder, "family.db");
        using (var store = QuadStore.Open(folder))
            store.Load(sink => Knowledge.Rdf.RdfFormat.Turtle.Read("@prefix : <http://example.org/family#> . :cleo :parent :dan ."u8, sink));
        Assert.StartsWith("?who\n:dan\n", (await AskAsync(":bea :grandparent ?who", null, folder)).Text, StringComparison.Ordinal);
        var asked = System.Text.Json.JsonSerializer.Serialize(new RdfQuestion(":cleo :grandparent ?who", Data: "@prefix : <http://example.org/family#> . :dan :parent :eve ."));
        Assert.StartsWith("?who\n:eve\n", (await AskAsync(asked, null, folder)).Text, StringComparison.Ordinal);
        using var after = QuadStore.Open(folder);
        Assert.Equal(1, after.Count);
        Assert.Contains("another process", (await AskAsync(":bea :grandparent ?who", null, folder)).Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("There is no store", (await AskAsync(":bea :grandparent ?who", null, folder + "x")).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Words_ModelIsRepairedByTheParsersError()
    {
        using var model = ScriptedChatClient.Of("SELECT ?who WHERE :ada :grandparent ?who", "```sparql\nSELECT ?who { :ada :grandparent ?who }\n```");
        var result = await AskAsync("Who is Ada's grandchild?", model);
        Assert.StartsWith("?who\n:cleo\n", result.Text, StringComparison.Ordinal);
        Assert.Contains(":grandparent", model.Calls[0].Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("This is no query: Line 1, column", model.Calls[1].Messages[^1].Text, StringComparison.Ordinal);
        var events = _store.Read(result.RunId).Select(e => (e.Kind, e.Name)).ToList();
        Assert.Equal(3, events.Count(e => e.Name == "rdf.answer" && e.Kind == RunEventKind.TaskEnd));
        Assert.Equal(2, events.Count(e => e.Kind == RunEventKind.LlmEnd));
    }

    [Fact]
    public async Task Run_ModelNeverRight_GivesUpAndNamesTheLimit()
    {
        using var model = ScriptedChatClient.Of("no", "no");
        var result = await AskAsync("Who is Ada's grandchild?", model);
        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Contains("max_repairs", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"goal\":\":a :b ?c\",\"rules\":\"[broken: (?a :b) -> (?a :c :d)]\"}", "rules")]
    [InlineData("{\"goal\":\":a :b ?c\",\"data\":\":a :b\"}", "Line 1")]
    public async Task Run_WrongRulesOrData_FailsWithTheirWords(string asked, string message)
    {
        var result = await AskAsync(asked, null);
        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.Contains(message, result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WordsWithoutModel_SaysWhatWouldDo() => Assert.Contains("set llm_name", (await AskAsync("Who is it?", null)).Text, StringComparison.Ordinal);

    private async Task<RunResult> AskAsync(string question, IChatClient? model, string? facts = null)
    {
        var (data, rules) = (Path.Combine(_folder, "family.ttl"), Path.Combine(_folder, "family.rules"));
        await File.WriteAllTextAsync(data, Family);
        await File.WriteAllTextAsync(rules, "@prefix : <http://example.org/family#>\n" + Rules + "\n");
        using var reasoner = new RdfReasoner(new RdfReasonerOptions { Store = facts, Data = [data], Rules = rules, Llm = model is null ? (ModelRef?)null : new ModelRef("m"), MaxRepairs = 1 });
        await using var hub = new ReasoningHub(new HubOptions { Components = new FixedComponents(new Components(reasoner, model), ["rdf"]), Store = _store });
        return await hub.RunAsync("rdf", question);
    }

    private sealed class Components(IReasoner reasoner, IChatClient? model) : IHubComponents
    {
        public IChatClient Model(string name) => model ?? throw new UnknownNameException("model", name, []);

        public IReadOnlyList<AIFunction> Tools(string name) => throw new UnknownNameException("tool", name, []);

        public IReasoner Reasoner(string name) => reasoner;
    }
}
