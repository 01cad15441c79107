using Hub.Abstractions;
using Hub.Workflows.Building;
using Hub.Workflows.Tests.Support;

namespace Hub.Workflows.Tests.Building;

public sealed class StrictSectionsTests
{
    private const string Rest = "functions: {clock: {_type: current_datetime}}\nworkflow: clock\n";

    [Theory]
    [InlineData("general: {use_uvlop: true}", "f.yml:3: general.use_uvlop: This key is not known here. Did you mean 'use_uvloop'?")]
    [InlineData("eval: {general: {dataset: {_type: jsn}}}", "f.yml:3: eval.general.dataset._type: There is no dataset type named 'jsn'. Did you mean 'json'?")]
    [InlineData("eval: {general: {dataset: {file_path: x}}}", "f.yml:3: eval.general.dataset: '_type' is missing: it names the kind of dataset. Known: json, jsonl, csv, xls, parquet, custom, hub_nano, langsmith.")]
    [InlineData("eval: {general: {dataset: {_type: csv, function: f}}}", "f.yml:3: eval.general.dataset.function: This key is not known here. Known: _type, id_key, structure, filter, s3, remote_file_path, file_path.")]
    [InlineData("eval: {general: {dataset: {_type: json, structure: {question: q}}}}", "f.yml:3: eval.general.dataset.structure.question: This key is not known here. Did you mean 'question_key'?")]
    [InlineData("eval: {general: {dataset: {_type: json, filter: {allowlist: {fields: {}}}}}}", "f.yml:3: eval.general.dataset.filter.allowlist.fields: This key is not known here. Did you mean 'field'?")]
    public void Parse_KeyThatTheToolkitRejects_IsAMistake(string yaml, string mistake) => Assert.Equal([mistake], Flow.Mistakes($"{Rest}{yaml}\n"));

    [Theory]
    [InlineData("general: {use_uvloop: true, telemetry: {tracing: {p: {_type: phoenix, any: 1}}}, front_end: {_type: fastapi, any: 1}}")]
    [InlineData("eval: {general: {output_dir: x, any: 1, dataset: {_type: custom, function: a.b, kwargs: {any: 1}, structure: {disable: true}}}, evaluators: {e: {_type: langsmith, any: 1}}}")]
    public void Parse_KeysWhereTheToolkitIsLenient_AreTaken(string yaml) => Assert.Empty(Flow.Mistakes($"{Rest}{yaml}\n"));

    [Fact]
    public void Parse_RedTeamFile_SaysWhatItIs() => Assert.Equal(
        ["f.yml: This is a red-team file, not a workflow: its scenarios attack the workflow that 'base_workflow' names. Run that one."],
        Flow.Mistakes("base_workflow: a.yml\nllms: {}\nscenarios: {}\n"));

    [Fact]
    public void Validate_MissingTypes_AreListedWithWhetherTheyAreNeeded()
    {
        var (_, _, missing) = Workflow.Validate(WorkflowDocument.Parse("""
            llms: {m: {_type: dynamo, model_name: x}}
            functions: {unused: {_type: wiki_search}, agent: {_type: chat_completion, llm_name: m}}
            eval: {evaluators: {e: {_type: langsmith}}}
            workflow: {_type: nobody_knows}
            """, "f.yml"), Flow.Registry());

        Assert.Equal(
            [
                new MissingType(ComponentKind.Model, "dynamo", "llms.m", 1, IsNeeded: true),
                new MissingType(ComponentKind.Tool, "wiki_search", "functions.unused", 2, IsNeeded: false),
                new MissingType(ComponentKind.Tool, "nobody_knows", "workflow", 4, IsNeeded: true),
                new MissingType(ComponentKind.Evaluator, "langsmith", "eval.evaluators.e", 3, IsNeeded: false),
            ],
            missing);
    }

    [Fact]
    public void Build_EvaluationAlone_IsValidAndCannotRun()
    {
        const string EvalOnly = "eval: {evaluators: {e: {_type: langsmith}}}\n";

        Assert.Empty(Flow.Mistakes(EvalOnly));
        Assert.Contains("What this file holds is for evaluation alone.", Assert.Single(Flow.Warnings(EvalOnly)), StringComparison.Ordinal);
        Assert.Contains("This section is missing.", Assert.Throws<WorkflowException>(() => Flow.Build(EvalOnly)).Message, StringComparison.Ordinal);
    }
}
