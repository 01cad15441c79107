using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class KgCommandTests : IDisposable
{
    private const string Family = """
        @prefix : <http://example.org/family#> .
        :ada :parent :bea ; :name "Ada" .
        :bea :parent :cleo .
        """;

    private const string Shapes = """
        @prefix : <http://example.org/family#> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        :Parent sh:targetSubjectsOf :parent ; sh:property [ sh:path :name ; sh:minCount 1 ; sh:message "A parent has a name." ] .
        """;

    private readonly Scratch _scratch = new();

    private string Store => Path.Combine(_scratch.Folder, "family.db");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Load_ThenQuery_AnswersWithTheFilesPrefixes()
    {
        var load = await CliRun.Of("kg", "load", _scratch.Write("family.ttl", Family), "--store", Store, "--json");
        var query = await CliRun.Of("kg", "query", "--store", Store, "SELECT ?p { :ada :parent ?p }");

        Assert.Equal(3, JsonDocument.Parse(load.Output).RootElement.GetProperty("added").GetInt64());
        Assert.Equal(0, query.Code);
        Assert.Contains(":bea", query.Output);
        Assert.Contains("1 solution", query.Error);
    }

    [Theory]
    [InlineData("csv", "p\r\nhttp://example.org/family#bea")]
    [InlineData("json", "\"value\":\"http://example.org/family#bea\"")]
    public async Task Query_Format_IsWritten(string format, string text)
    {
        await Load();
        Assert.Contains(text, (await CliRun.Of("kg", "query", "--store", Store, "--format", format, "SELECT ?p { :ada :parent ?p }")).Output);
    }

    [Fact]
    public async Task Query_Explain_ShowsEstimatedAndActualRows()
    {
        await Load();
        Assert.Contains("actual 1", (await CliRun.Of("kg", "query", "--store", Store, "--explain", "SELECT * { ?a :parent ?b . ?b :parent ?c }")).Output);
    }

    [Fact]
    public async Task Query_WordsOfLiterals_AreFound()
    {
        await Load();
        var found = await CliRun.Of("kg", "query", "--store", Store, "--format", "csv", "PREFIX text: <urn:knowledge:text#> SELECT ?who { ?name text:search 'ADA' . ?who :name ?name }");
        Assert.Contains("family#ada", found.Output);
    }

    [Fact]
    public async Task Update_ThenDump_HasTheChange()
    {
        await Load();
        var update = await CliRun.Of("kg", "update", "--store", Store, "INSERT DATA { :ada :parent :dan }");
        var path = Path.Combine(_scratch.Folder, "out.ttl");
        var dump = await CliRun.Of("kg", "dump", "--store", Store, "--output", path);
        var lines = await CliRun.Of("kg", "dump", "--store", Store);

        Assert.Contains("4 quads, +1", update.Output);
        Assert.Equal(0, dump.Code);
        Assert.Contains(":ada :parent :bea, :dan", await File.ReadAllTextAsync(path));
        Assert.Equal(4, lines.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Infer_StoreAndFile_SaysCountsInTheLastLine()
    {
        await Load();
        var rules = _scratch.Write("family.rules", "[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]");
        var more = _scratch.Write("more.ttl", "@prefix : <http://example.org/family#> . :cleo :parent :dan .");
        var text = await CliRun.Of("kg", "infer", "--rules", rules, "--store", Store, more);
        var json = JsonDocument.Parse((await CliRun.Of("kg", "infer", "--rules", rules, "--store", Store, "--json", "--stats")).Output).RootElement;

        Assert.Equal("6 triples, 2 inferred", text.Output.TrimEnd().Split('\n')[^1].TrimEnd());
        Assert.Equal(4, json.GetProperty("triples").GetInt64());
        Assert.Equal(1, json.GetProperty("predicates").EnumerateArray().Single(p => p.GetProperty("predicate").GetString() == "http://example.org/family#grandparent").GetProperty("inferred").GetInt64());
    }

    [Fact]
    public async Task Infer_Output_HoldsGivenAndInferred()
    {
        var rules = _scratch.Write("family.rules", "[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]");
        var path = Path.Combine(_scratch.Folder, "all.ttl");
        Assert.Equal(0, (await CliRun.Of("kg", "infer", "--rules", rules, "--output", path, _scratch.Write("family.ttl", Family))).Code);
        Assert.Contains(":grandparent :cleo", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Explain_InferredTriple_IsAProof()
    {
        await Load();
        var rules = _scratch.Write("family.rules", "[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]");
        var proof = await CliRun.Of("kg", "explain", "--store", Store, "--rules", rules, ":ada :grandparent :cleo");
        var none = await CliRun.Of("kg", "explain", "--store", Store, "--rules", rules, ":cleo :grandparent :ada");

        Assert.Contains(":ada :grandparent :cleo   by gp", proof.Output);
        Assert.Contains("├─ :ada :parent :bea   given", proof.Output);
        Assert.Equal(1, none.Code);
        Assert.Contains("does not hold", none.Error);
    }

    [Fact]
    public async Task Explain_RulesOnRules_IsAProofDownToWhatIsGiven()
    {
        await Load();
        var lower = _scratch.Write("family.rules", "[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]");
        var upper = _scratch.Write("kin.rules", "[kin: (?a :grandparent ?b) -> (?b :kin ?a)]");
        var proof = await CliRun.Of("kg", "explain", "--store", Store, "--rules", lower, "--rules", upper, ":cleo :kin :ada");

        Assert.Equal(0, proof.Code);
        Assert.Contains(":cleo :kin :ada   by kin", proof.Output);
        Assert.Contains("└─ :ada :grandparent :cleo   by gp", proof.Output);
        Assert.Contains(":ada :parent :bea   given", proof.Output);
    }

    [Fact]
    public async Task Infer_RuleSetByName_IsFoundAndAnUnknownOneNamesAll()
    {
        var file = _scratch.Write("classes.ttl", "@prefix : <http://x/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :A rdfs:subClassOf :B . :x a :A .");
        var json = JsonDocument.Parse((await CliRun.Of("kg", "infer", "--rules", "owl2rl", "--json", file)).Output).RootElement;
        var unknown = await CliRun.Of("kg", "infer", "--rules", "nothing", file);

        Assert.True(json.GetProperty("inferred").GetInt64() > 0);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("owl2rl", unknown.Error);
        Assert.DoesNotContain("Parameter", unknown.Error);
    }

    [Theory]
    [InlineData("forward", "3 triples, 1 inferred", "changes are followed one by one")]
    [InlineData("backward", "3 triples, 1 inferred", "rules are asked for each answer")]
    [InlineData("hybrid", "3 triples, 1 inferred", "rules are asked for each answer")]
    public async Task Infer_Mode_GivesTheSameTriples(string mode, string last, string following)
    {
        var rules = _scratch.Write("family.rules", "[gp: (?a :parent ?b) (?b :parent ?c) -> (?a :grandparent ?c)]");
        var run = await CliRun.Of("kg", "infer", "--rules", rules, "--mode", mode, "--stats", _scratch.Write("family.ttl", "@prefix : <http://x/> . :a :parent :b . :b :parent :c ."));

        Assert.Equal(last, run.Output.TrimEnd().Split('\n')[^1].TrimEnd());
        Assert.Contains(following, run.Output);
    }

    [Fact]
    public async Task Infer_SeveralRuleSets_RunOnEachOther()
    {
        var file = _scratch.Write("classes.ttl", "@prefix : <http://x/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :A rdfs:subClassOf :C .");
        var path = Path.Combine(_scratch.Folder, "all.nt");
        var run = await CliRun.Of("kg", "infer", "--rules", "transitive", "--rules", "direct", "--output", path, file);

        Assert.Equal(0, run.Code);
        var direct = (await File.ReadAllLinesAsync(path)).Where(l => l.Contains("direct-predicate", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, direct.Count); // two steps, and each class of itself
        Assert.DoesNotContain(direct, l => l.StartsWith("<http://x/A>", StringComparison.Ordinal) && l.Contains("<http://x/C>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[r: (?a :parent) -> (?a :q ?a)]", 2, "line 1, rule 'r': A triple with 2 nodes")]
    [InlineData("[r: (?a :parent ?b) flag(?b) -> (?a :q ?a)]", 1, "There is no builtin 'flag'")]
    public async Task Infer_WrongRules_NameFileLineAndRule(string text, int code, string message)
    {
        await Load();
        var run = await CliRun.Of("kg", "infer", "--rules", _scratch.Write("wrong.rules", text), "--store", Store);
        Assert.Equal(code, run.Code);
        Assert.Contains(message, run.Error.ReplaceLineEndings(" "));
        Assert.Contains("wrong.rules", run.Error.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Backup_ThenStats_HasTheSameQuads()
    {
        await Load();
        var copy = Path.Combine(_scratch.Folder, "copy");
        Assert.Equal(0, (await CliRun.Of("kg", "backup", "--store", Store, copy)).Code);
        Assert.Equal(0, (await CliRun.Of("kg", "compact", "--store", Store)).Code);
        var stats = JsonDocument.Parse((await CliRun.Of("kg", "stats", "--store", copy, "--json")).Output).RootElement;

        Assert.Equal(3, stats.GetProperty("store").GetProperty("quads").GetInt64());
        Assert.Equal("http://example.org/family#parent", stats.GetProperty("predicates")[0].GetProperty("predicate").GetString());
    }

    [Fact]
    public async Task Load_BrokenFile_NamesFileLineAndLeavesTheStore()
    {
        await Load();
        var broken = await CliRun.Of("kg", "load", _scratch.Write("broken.ttl", "<urn:a> <urn:p> 1 .\n<urn:a> <urn:p> ] .\n"), "--store", Store);
        var stats = JsonDocument.Parse((await CliRun.Of("kg", "stats", "--store", Store, "--json")).Output).RootElement;

        Assert.Equal(2, broken.Code);
        Assert.Contains("broken.ttl: Line 2, column 17", broken.Error);
        Assert.Equal(3, stats.GetProperty("store").GetProperty("quads").GetInt64());
    }

    [Fact]
    public async Task Validate_Files_ReportsWhatIsWrongAndExitsWith1()
    {
        var (shapes, good) = (_scratch.Write("shapes.ttl", Shapes), _scratch.Write("named.ttl", Family + ":bea :name \"Bea\" ."));
        var fails = await CliRun.Of("kg", "validate", "--shapes", shapes, _scratch.Write("family.ttl", Family));
        var conforms = await CliRun.Of("kg", "validate", "--shapes", shapes, good);

        Assert.Equal(1, fails.Code);
        Assert.Contains(":bea", fails.Output);
        Assert.DoesNotContain(":ada", fails.Output);
        Assert.Contains("A parent has a name.", fails.Output);
        Assert.Contains("1 result.", fails.Error);
        Assert.Equal(0, conforms.Code);
        Assert.Contains("conforms", conforms.Error);
    }

    [Fact]
    public async Task Validate_StoreWithFiles_IsOfBothAndLeavesTheStore()
    {
        await Load();
        var shapes = _scratch.Write("shapes.ttl", Shapes);
        var alone = await CliRun.Of("kg", "validate", "--shapes", shapes, "--store", Store);
        var with = await CliRun.Of("kg", "validate", "--shapes", shapes, "--store", Store, _scratch.Write("more.ttl", "@prefix : <http://example.org/family#> . :bea :name \"Bea\" ."));
        var stats = JsonDocument.Parse((await CliRun.Of("kg", "stats", "--store", Store, "--json")).Output).RootElement;

        Assert.Equal((1, 0), (alone.Code, with.Code));
        Assert.Equal(3, stats.GetProperty("store").GetProperty("quads").GetInt64());
    }

    [Fact]
    public async Task Validate_JsonAndTurtle_HoldTheReport()
    {
        await Load();
        string[] args = ["kg", "validate", "--shapes", _scratch.Write("shapes.ttl", Shapes), "--store", Store];
        var json = JsonDocument.Parse((await CliRun.Of([.. args, "--json"])).Output).RootElement;
        var turtle = await CliRun.Of([.. args, "--format", "ttl"]);

        Assert.False(json.GetProperty("conforms").GetBoolean());
        Assert.Equal("<http://example.org/family#bea>", json.GetProperty("results")[0].GetProperty("focus_node").GetString());
        Assert.Equal("http://www.w3.org/ns/shacl#MinCountConstraintComponent", json.GetProperty("results")[0].GetProperty("component").GetString());
        Assert.Equal(1, turtle.Code);
        Assert.Equal(0, (await CliRun.Of("kg", "query", "--store", await Stored(turtle.Output), "ASK { ?r a sh:ValidationReport ; sh:conforms false ; sh:result/sh:focusNode :bea }")).Output.IndexOf("true", StringComparison.Ordinal));
    }

    private async Task<string> Stored(string turtle)
    {
        var folder = Path.Combine(_scratch.Folder, "report.db");
        Assert.Equal(0, (await CliRun.Of("kg", "load", _scratch.Write("report.ttl", turtle), "--store", folder)).Code);
        return folder;
    }

    [Theory]
    [InlineData("There is no store", "query", "--store", "/nowhere/at/all", "ASK {}")]
    [InlineData("There is no file", "load", "/nowhere.ttl", "--store", "x")]
    [InlineData("--port", "serve", "--store", "STORE", "--port", "99999")]
    [InlineData("Line 1, column", "query", "--store", "STORE", "SELECT")]
    [InlineData("one of the two", "query", "--store", "STORE")]
    [InlineData("no format", "query", "--store", "STORE", "--format", "png", "SELECT * {}")]
    [InlineData("nothing to validate", "validate", "--shapes", "SHAPES")]
    [InlineData("There is no file", "validate", "--shapes", "/nowhere.ttl", "--store", "STORE")]
    [InlineData("--graph", "validate", "--shapes", "SHAPES", "--store", "STORE", "--graph", "urn:none")]
    [InlineData("one or the other", "validate", "--shapes", "SHAPES", "--store", "STORE", "--json", "--format", "ttl")]
    [InlineData("This is no path", "validate", "--shapes", "WRONG", "--store", "STORE")]
    [InlineData("--valid", "query", "--store", "STORE", "--valid", "then", "ASK {}")]
    public async Task Kg_WrongArgument_SaysWhatIsNeeded(string message, params string[] args)
    {
        await Load();
        var run = await CliRun.Of(["kg", .. args.Select(a => a switch
        {
            "STORE" => Store,
            "SHAPES" => _scratch.Write("shapes.ttl", Shapes),
            "WRONG" => _scratch.Write("wrong.ttl", Shapes.Replace("sh:path :name", "sh:path 7", StringComparison.Ordinal)),
            _ => a,
        })]);

        Assert.Equal(2, run.Code);
        Assert.Contains(message, run.Error);
    }

    private async Task Load() => Assert.Equal(0, (await CliRun.Of("kg", "load", _scratch.Write("family.ttl", Family), "--store", Store)).Code);
}
