using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Building;

public sealed class WorkflowTests
{
    private const string Calculator = """
        llms:
          main: {_type: echo, model_name: big, temperature: 0.5, api_key: sk-1234}
          second: {_type: echo, model_name: ${SMALL:-small}}
        function_groups: {calculator: {_type: calculator}}
        functions:
          clock: {_type: current_datetime, description: Tells the time.}
          expert: {_type: react_agent, llm_name: second, tool_names: [calculator.add, clock], description: Knows sums.}
        workflow: {_type: tool_calling_agent, llm_name: main, tool_names: [calculator, expert, clock]}
        """;

    [Fact]
    public void Build_Groups_AreKnownWholeAndByMember()
    {
        using var components = Flow.Build(Calculator).Components;

        Assert.Equal(["calculator__add", "calculator__subtract", "calculator__multiply", "calculator__divide", "calculator__compare"], components.Tools("calculator").Select(t => t.Name));
        Assert.Equal("calculator__add", Assert.Single(components.Tools("calculator.add")).Name);
        Assert.Equal("calculator__add", Assert.Single(components.Tools("calculator__add")).Name);
        Assert.Equal(Redo.Freely, HubTool.RedoOf(components.Tools("calculator__add")[0]));
        Assert.Contains("calculator__add", Assert.Throws<UnknownNameException>(() => components.Tools("calculator__ad")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include: [add, compare]", new[] { "calculator__add", "calculator__compare" })]
    [InlineData("exclude: [add, compare]", new[] { "calculator__subtract", "calculator__multiply", "calculator__divide" })]
    [InlineData("include: []", new[] { "calculator__add", "calculator__subtract", "calculator__multiply", "calculator__divide", "calculator__compare" })]
    public void Build_IncludeAndExclude_ChooseMembers(string choice, string[] names)
    {
        using var components = Flow.Build(Calculator.Replace("{_type: calculator}", $"{{_type: calculator, {choice}}}", StringComparison.Ordinal).Replace("[calculator.add, clock]", "[clock]", StringComparison.Ordinal)).Components;

        Assert.Equal(names, components.Tools("calculator").Select(t => t.Name));
    }

    [Fact]
    public void Validate_MemberThatIsLeftOut_IsAMistake()
    {
        var mistakes = Flow.Mistakes(Calculator.Replace("{_type: calculator}", "{_type: calculator, exclude: [add]}", StringComparison.Ordinal));

        Assert.Equal("f.yml:7: functions.expert.tool_names[0]: 'calculator' leaves out 'add' by its include or exclude. Let it in, or take it out here.", Assert.Single(mistakes));
    }

    [Fact]
    public void Build_ReasonersAndDescriptions_AreThoseOfTheFile()
    {
        var workflow = Flow.Build(Calculator);
        using var components = workflow.Components;

        Assert.Equal(["tool_calling_agent", "expert"], workflow.Reasoners);
        Assert.Equal("Knows sums.", Assert.Single(components.Tools("expert")).Description);
        Assert.Equal("Tells the time.", Assert.Single(components.Tools("clock")).Description);
    }

    [Theory]
    [InlineData("workflow: {_type: pkg.x/chat_completion, llm_name: m}", "chat_completion")]
    [InlineData("workflow: {type: chat_completion, llm_name: m, workflow_alias: chatty}", "chatty")]
    [InlineData("functions: {chat_completion: {_type: current_datetime}}\nworkflow: {_type: chat_completion, llm_name: m}", "workflow")]
    [InlineData("functions: {talk: {_type: chat_completion, llm_name: m}}\nworkflow: talk", "talk")]
    public void Build_WorkflowName_IsItsAliasTypeOrFunction(string yaml, string name)
    {
        var workflow = Flow.Build($"llms: {{m: {{_type: echo, model: m}}}}\n{yaml}");
        using var components = workflow.Components;

        Assert.Equal(name, workflow.Reasoners[0]);
        Assert.NotNull(components.Reasoner(name));
    }

    [Theory]
    [InlineData("hub-nano", "hub-nano", "hub_local")]
    [InlineData("openai:gpt-4.1", "gpt-4.1", "openai")]
    [InlineData("second", "small", "echo")]
    public void Build_WithAnotherModel_PutsItInPlaceOfAll(string llm, string model, string type)
    {
        var workflow = Flow.Build(Calculator, llm);
        using var components = workflow.Components;

        var main = (Flow.EchoModel)components.Model("main");
        Assert.Equal(model, main.Options.Model);
        Assert.Same(main, components.Model("second"));
        Assert.All(workflow.EffectiveConfiguration.GetProperty("llms").EnumerateObject(), m => Assert.Equal(type, m.Value.GetProperty("_type").GetString()));
    }

    [Fact]
    public void Build_WithAnotherModel_TheOthersNeedNotBeKnown()
    {
        var yaml = Calculator.Replace("{_type: echo, model_name: big", "{_type: no_such_type, model_name: [1]", StringComparison.Ordinal);

        Assert.NotEmpty(Flow.Mistakes(yaml));
        Assert.Empty(Flow.Mistakes(yaml, "hub-nano"));
    }

    [Fact]
    public void Validate_UnknownOtherModel_NamesWhatIsKnown()
    {
        var mistake = Assert.Single(Flow.Mistakes(Calculator, "hub-nanno"));

        Assert.Equal("f.yml: --llm: There is no model 'hub-nanno'. Did you mean 'hub-nano'? Known: main, second, hub-nano, a model folder, or TYPE:MODEL with a type of echo, hub_local, openai.", mistake);
    }

    [Fact]
    public void EffectiveConfiguration_Secrets_AreReferencesOrHidden()
    {
        var workflow = Flow.Build(Calculator);
        using var components = workflow.Components;

        var models = workflow.EffectiveConfiguration.GetProperty("llms");
        Assert.Equal("(secret)", models.GetProperty("main").GetProperty("api_key").GetString());
        Assert.Equal("${SMALL:-small}", models.GetProperty("second").GetProperty("model_name").GetString());
        Assert.Equal("sk-1234", ((Flow.EchoModel)components.Model("main")).Options.ApiKey);
    }

    [Fact]
    public void FromConfiguration_RunsHeader_IsTheWorkflowThatRan()
    {
        var folder = Directory.CreateTempSubdirectory("hub-workflows-");
        try
        {
            var file = Path.Combine(folder.FullName, "flow.yml");
            File.WriteAllText(file, Calculator);
            var first = Workflow.Build(
                WorkflowDocument.Load(file, [new("workflow.max_iterations", "3"), new("llms.second.temperature", "1e-1")]), Flow.Registry(), new Flow.Services(), new WorkflowOptions { Llm = "main" });
            first.Components.Dispose();
            var logged = JsonDocument.Parse(JsonSerializer.Serialize(first.EffectiveConfiguration)).RootElement;

            using var again = Workflow.Build(WorkflowDocument.FromConfiguration(logged, file), Flow.Registry(), new Flow.Services()).Components;

            Assert.Equal(("big", "sk-1234"), (((Flow.EchoModel)again.Model("second")).Options.Model, ((Flow.EchoModel)again.Model("main")).Options.ApiKey));
            Assert.Equal("3", logged.GetProperty("workflow").GetProperty("max_iterations").GetRawText());
            File.Delete(file);
            var gone = Assert.Throws<WorkflowException>(() => WorkflowDocument.FromConfiguration(logged, file));
            Assert.All(gone.Mistakes, m => Assert.Contains("hides this secret", m.Message, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Dispose_Components_DisposesModelsThatWereMade()
    {
        var components = Flow.Build(Calculator).Components;
        var model = (Flow.EchoModel)components.Model("main");

        components.Dispose();

        Assert.True(model.IsDisposed);
    }

    [Fact]
    public async Task Ask_ChatCompletion_HonoursPromptAndQuestion()
    {
        var workflow = Flow.Build("llms: {m: {_type: echo, model: m}}\nworkflow: {_type: chat_completion, llm_name: m, system_prompt: Be brief.}");

        Assert.Equal("m: system: Be brief. | user: Hello?", (await Flow.AskAsync(workflow, "Hello?")).Text);
    }

    [Theory]
    [InlineData("workflow: {_type: current_datetime}", "what time is it?", "The current time of day is 2026-11-23 15:45:12 +0000")]
    [InlineData("workflow: f\nfunctions: {f: {_type: current_timezone}}", "{}", "The time zone is Etc/UTC")]
    public async Task Ask_ToolAsWorkflow_AnswersWithItsResult(string yaml, string question, string answer)
    {
        var result = await Flow.AskAsync(Flow.Build(yaml), question);

        Assert.Equal((RunStatus.Completed, answer), (result.Status, result.Text));
    }

    [Theory]
    [InlineData("workflow.max_iterations", "3", null)]
    [InlineData("workflow.tool_names", "[clock, calculator]", null)]
    [InlineData("workfow.max_iterations", "3", "--override: workfow.max_iterations: The file has no mapping 'workfow' there. Did you mean 'workflow'?")]
    [InlineData("workflow..x", "3", "--override: workflow..x: A key is empty. Write names with dots between them, e.g. workflow.max_tool_calls.")]
    [InlineData("workflow.max_iterations", "[3", "--override: workflow.max_iterations: '[3' is no value of YAML. Quote it.")]
    [InlineData("llms.main.api_key", "[sk-3", "--override: llms.main.api_key: '(secret)' is no value of YAML. Quote it.")]
    [InlineData("workflow.max_iterations", "many", "f.yml: workflow.max_iterations: 'many' stands here; a whole number is needed.")]
    public void Build_Overrides_SetKeysOrSayWhyNot(string key, string value, string? mistake)
    {
        if (mistake is null)
            Flow.Build(Calculator, overrides: [new(key, value)]).Components.Dispose();
        else
            Assert.Equal(mistake, Assert.Throws<WorkflowException>(() => Flow.Build(Calculator, overrides: [new(key, value)])).Message);
    }

    [Fact]
    public void Load_PromptInAFileOfItsOwn_IsReadFromBesideTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("hub-workflows-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "system.txt"), "Tools: {tools} {tool_names}");
            string Flowing(string prompt) => Calculator.Replace("max_history: 15", "", StringComparison.Ordinal).Replace("description: Knows sums.", $"system_prompt: {prompt}", StringComparison.Ordinal);
            var file = Path.Combine(folder.FullName, "flow.yml");

            var read = WorkflowDocument.Parse(Flowing("file://system.txt"), file);
            Assert.Empty(read.Mistakes);
            Assert.Contains("Tools: {tools}", read.EffectiveConfiguration.GetRawText(), StringComparison.Ordinal);
            Assert.Contains("There is no file", Assert.Single(WorkflowDocument.Parse(Flowing("file://none.txt"), file).Mistakes).Message, StringComparison.Ordinal);
            Assert.Contains("ends with one of .txt", Assert.Single(WorkflowDocument.Parse(Flowing("file:///etc/passwd"), file).Mistakes).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_MissingOrHugeFile_IsAClearError()
    {
        Assert.StartsWith("no/such.yml: There is no such file.", Assert.Throws<WorkflowException>(() => WorkflowDocument.Load("no/such.yml")).Message, StringComparison.Ordinal);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, new byte[(4 << 20) + 1]);
            Assert.Contains("4,194,305 bytes", Assert.Throws<WorkflowException>(() => WorkflowDocument.Load(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
