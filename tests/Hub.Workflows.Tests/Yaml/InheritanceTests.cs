using Hub.Workflows.Building;
using Hub.Workflows.Builtins;
using Hub.Workflows.Yaml;
using Reasoners;

namespace Hub.Workflows.Tests.Yaml;

public sealed class InheritanceTests : IDisposable
{
    private const string Common = """
        llms:
          m: {_type: x, temperature: 0.0, stop: [a, b]}
        workflow:
          _type: react_agent
          tool_names: [one, two]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-base-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_Base_MappingsAreMergedAndTheRestReplaced()
    {
        Write("sub/common.yml", Common);
        var document = WorkflowDocument.Load(Write("top.yml", "base: sub/common.yml\nllms:\n  m:\n    temperature: 0.9\nworkflow:\n  tool_names: [three]\n"));

        Assert.Empty(document.Mistakes);
        Assert.Equal("""{"llms":{"m":{"_type":"x","temperature":0.9,"stop":["a","b"]}},"workflow":{"_type":"react_agent","tool_names":["three"]}}""", document.EffectiveConfiguration.GetRawText());
    }

    [Fact]
    public void Load_ThreeLevels_TheNearestWins()
    {
        Write("a.yml", Common);
        Write("b.yml", "base: a.yml\nllms: {m: {temperature: 0.5, top_p: 0.1}}");
        var document = WorkflowDocument.Load(Write("c.yml", "base: b.yml\nllms: {m: {temperature: 0.7}}"));

        var model = document.EffectiveConfiguration.GetProperty("llms").GetProperty("m");
        Assert.Equal((0.7, 0.1), (model.GetProperty("temperature").GetDouble(), model.GetProperty("top_p").GetDouble()));
    }

    [Fact]
    public void Load_PromptOfTheBase_IsSoughtBesideTheBase()
    {
        Write("sub/prompt.txt", "be kind");
        Write("sub/common.yml", "workflow: {_type: react_agent, system_prompt: file://prompt.txt}");

        Assert.Equal("be kind", WorkflowDocument.Load(Write("top.yml", "base: sub/common.yml")).EffectiveConfiguration.GetProperty("workflow").GetProperty("system_prompt").GetString());
    }

    [Fact]
    public void Load_Override_CountsLast()
    {
        Write("common.yml", Common);
        var document = WorkflowDocument.Load(Write("top.yml", "base: common.yml\nllms: {m: {temperature: 0.9}}"), [new("llms.m.temperature", "0.1")]);

        Assert.Equal(0.1, document.EffectiveConfiguration.GetProperty("llms").GetProperty("m").GetProperty("temperature").GetDouble());
    }

    [Theory]
    [InlineData("base: nowhere.yml", "There is no file")]
    [InlineData("base: [a.yml]", "The path of one other workflow file is needed here")]
    [InlineData("base:", "The path of one other workflow file is needed here")]
    [InlineData("base: top.yml", "in a circle: top.yml -> top.yml")]
    [InlineData("base: loop.yml", "in a circle: top.yml -> loop.yml -> top.yml")]
    [InlineData("base: broken.yml", "This is no YAML")]
    public void Load_BaseCannotBeUsed_IsAMistakeWithItsLine(string yaml, string message)
    {
        Write("loop.yml", "\nbase: top.yml");
        Write("broken.yml", "workflow: {");
        var mistake = Assert.Single(WorkflowDocument.Load(Write("top.yml", $"# first\n{yaml}\n")).Mistakes);

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.True(mistake.Line is 1 or 2, mistake.ToString());
    }

    [Fact]
    public void Validate_MistakeInTheBase_NamesThatFileAndItsLine()
    {
        var common = Write("common.yml", "llms:\n  m: {_type: nowhere}\nworkflow:\n  _type: react_agent\n  llm_name: m\n  tool_names: [calculator]\n  max_tool_calls: many\nfunction_groups:\n  calculator: {_type: calculator}\nlogging: {}\n");
        var top = Write("top.yml", "base: common.yml\n\nworkflow:\n  max_history: few\n");

        var (mistakes, _, _) = Workflow.Validate(WorkflowDocument.Load(top), new ComponentRegistry().Add(new BuiltinPlugin()).Add(new ReasonersPlugin()));

        Assert.Contains(mistakes, m => (m.File, m.Line, m.Key) == (common, 7, "workflow.max_tool_calls"));
        Assert.Contains(mistakes, m => (m.File, m.Line, m.Key) == (common, 2, "llms.m._type"));
        Assert.Contains(mistakes, m => (m.File, m.Line, m.Key) == (common, 10, "logging"));
        Assert.Contains(mistakes, m => (m.File, m.Line, m.Key) == (top, 4, "workflow.max_history"));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
