using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Building;

public sealed class MistakesTests
{
    [Fact]
    public void Validate_FileWithEveryMistake_ReportsAllAtOnceAsTheGoldenHasThem()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Golden");
        var yaml = File.ReadAllText(Path.Combine(folder, "mistakes.yml"));

        var found = string.Concat([.. Flow.Mistakes(yaml).Select(m => m + "\n"), "\n", .. Flow.Warnings(yaml).Select(m => $"warning: {m}\n")]);

        Assert.Equal(File.ReadAllText(Path.Combine(folder, "mistakes.txt")), found);
    }

    [Fact]
    public void Build_FileWithMistakes_ThrowsThemAll()
    {
        var error = Assert.Throws<WorkflowException>(() => Flow.Build("workflow: {_type: react_agent}\nllm: {}"));

        Assert.Equal(3, error.Mistakes.Count); // the section, the model, the tools
        Assert.All(error.Mistakes, m => Assert.Contains(m.ToString(), error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ThousandMistakes_ReportsTheFirstHundred()
    {
        var yaml = "functions:\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"  f{i}: {{_type: nonsense}}\n"));

        Assert.Equal(100, Flow.Mistakes(yaml).Count);
    }

    [Theory]
    [InlineData("workflow:", "f.yml: workflow: This section is missing. Write one with the '_type' of an agent, e.g. react_agent.")]
    [InlineData("workflow: [a]", "f.yml:1: workflow: A list stands here; a mapping with '_type', or the name of a function, is needed.")]
    [InlineData("workflow: clok\nfunctions: {clock: {_type: current_datetime}}", "f.yml:1: workflow: There is no function named 'clok'. Did you mean 'clock'?")]
    [InlineData("workflow: {llm_name: x}", "f.yml:1: workflow: '_type' is missing: it names the component's type.")]
    [InlineData("workflow: {_type: responses_api_agent}", "f.yml:1: workflow: 'responses_api_agent' is of the toolkit's type 'responses_api_agent', which is not available yet. Take it out, or bring the type in with a plugin.")]
    [InlineData("workflow: {_type: echo}", "f.yml:1: workflow._type: 'echo' is a model provider. Its place is under 'llms'.")]
    public void Validate_BadWorkflow_SaysWhatIsNeeded(string yaml, string mistake) => Assert.Equal(mistake, Assert.Single(Flow.Mistakes(yaml)));

    [Fact]
    public void Validate_Circle_NamesItOnce()
    {
        var mistakes = Flow.Mistakes("""
            llms: {m: {_type: echo, model: m}}
            functions:
              a: {_type: react_agent, llm_name: m, tool_names: [b]}
              b: {_type: react_agent, llm_name: m, tool_names: [c]}
              c: {_type: react_agent, llm_name: m, tool_names: [a]}
            workflow: {_type: tool_calling_agent, llm_name: m, tool_names: [a]}
            """);

        Assert.Equal("f.yml:3: functions.a: These functions call each other in a circle: a -> b -> c -> a. Take one of them out of another's tools.", Assert.Single(mistakes));
    }

    [Fact]
    public void Validate_TypeOfTheToolkitThatNobodyRefersTo_IsAWarning()
    {
        const string Yaml = """
            llms: {m: {_type: echo, model: m}, far: {_type: litellm, model_name: y}}
            functions: {search: {_type: wiki_search}, clock: {_type: current_datetime}}
            function_groups: {hub: {_type: github, repo_name: x}}
            workflow: {_type: react_agent, llm_name: m, tool_names: [clock]}
            eval: {evaluators: {x: {_type: langsmith}}}
            """;

        Assert.Empty(Flow.Mistakes(Yaml));
        Assert.Equal(3, Flow.Warnings(Yaml).Count);
    }

    [Fact]
    public void Validate_MemberOfAGroupThatIsNotAvailable_IsAMistake()
    {
        var mistakes = Flow.Mistakes("""
            llms: {m: {_type: echo, model: m}}
            function_groups: {internet_search: {_type: tavily, include: [search]}}
            workflow: {_type: react_agent, llm_name: m, tool_names: [internet_search__search]}
            """);

        Assert.StartsWith("f.yml:3: workflow.tool_names[0]: 'internet_search' is of the toolkit's type 'tavily', which is not available yet.", Assert.Single(mistakes), StringComparison.Ordinal);
    }
}
