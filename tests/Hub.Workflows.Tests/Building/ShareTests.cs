using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Building;

public sealed class ShareTests
{
    [Fact]
    public async Task Budget_OfASubAgent_FailsItAlone()
    {
        var workflow = Flow.Build("""
            llms: {m: {_type: echo, model: m}}
            functions:
              small: {_type: chat_completion, llm_name: m, system_prompt: s, budget: {max_steps: 1}}
              chain: {_type: sequential_executor, tool_list: [small, small], budget: {max_steps: 1}}
            workflow: {_type: parallel_executor, tool_list: [small, chain], return_error_on_exception: true}
            """);

        Assert.Equal(
            "small:\nm: system: s | user: hello\n\nchain:\nERROR: BudgetShareException: 'chain' spent 1 of its share's max_steps of 1.",
            (await Flow.AskAsync(workflow, "hello")).Text);
    }

    [Fact]
    public void Budget_Mistakes_AreNamed()
    {
        const string Yaml = """
            llms: {m: {_type: echo, model: m}}
            functions:
              a: {_type: chat_completion, llm_name: m, budget: 5}
              b: {_type: chat_completion, llm_name: m, budget: {max_steps: 0, max_step: 1}}
            workflow: a
            """;

        Assert.Equal(
            ["f.yml:3: functions.a.budget: '5' stands here; a mapping of max_steps, max_tokens and max_seconds is needed.", "f.yml:4: functions.b.budget.max_steps: '0' stands here; a number from 1 to 2147483647 is needed."],
            Flow.Mistakes(Yaml));
        Assert.Equal(["f.yml:4: functions.b.budget.max_step: This key is not known and has no effect. Did you mean 'max_steps'?"], Flow.Warnings(Yaml));
    }
}
