using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Building;

public sealed class OutputSchemaTests
{
    [Fact]
    public async Task OutputSchema_OfTheWorkflow_HoldsItsAnswerToTheShape()
    {
        // The model repeats what it is told, so the schema itself is the JSON that is found in its answer.
        var fits = Flow.Build("llms: {m: {_type: echo, model: m}}\nworkflow: {_type: chat_completion, llm_name: m, output_schema: {type: object}}");
        var never = Flow.Build("llms: {m: {_type: echo, model: m}}\nworkflow: {_type: chat_completion, llm_name: m, output_schema: {type: array}}");

        Assert.Equal("""{"type":"object"}""", (await Flow.AskAsync(fits, "hello")).Text);
        Assert.Equal("AnswerFormatException", (await Flow.AskAsync(never, "hello")).Failure!.Type);
    }

    [Fact]
    public void OutputSchema_NoMapping_IsAMistake() => Assert.Equal(
        ["f.yml:2: workflow.output_schema: 'text' stands here; a JSON Schema, e.g. {type: object}, is needed."],
        Flow.Mistakes("llms: {m: {_type: echo, model: m}}\nworkflow: {_type: chat_completion, llm_name: m, output_schema: text}"));
}
