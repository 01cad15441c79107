using Hub.Abstractions;
using Hub.Hosting;

namespace Toolkit.Examples.Tests;

/// <summary>A plugin with one of every kind, loaded from a folder: the types of every kind's contract must be the hub's own there.</summary>
public sealed class NoOpFolderTests : IDisposable
{
    private const string Everything = """
        llms: {model: {_type: noop_model, answer: Nothing.}}
        embedders: {embedder: {_type: noop_embedder}}
        memory: {memory: {_type: noop_memory}}
        object_stores: {objects: {_type: noop_object_store}}
        middleware: {through: {_type: noop_middleware}}
        function_groups: {group: {_type: noop_group}}
        functions:
          tool: {_type: noop_tool, middleware: [through]}
          recall: {_type: get_memory, memory: memory}
        eval: {evaluators: {scores: {_type: noop_evaluator}}}
        workflow: {_type: noop_reasoner}
        """;

    private readonly PluginFolders _plugins = new("NoOp");
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _plugins.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task Workflow_OneOfEveryKind_BuildsAndRuns()
    {
        await File.WriteAllTextAsync(_file, Everything);
        var options = new WorkflowHubOptions { Plugins = _plugins.Host };

        Assert.Empty(HubHost.Validate(_file, options).Mistakes);
        await using var hub = await HubHost.FromWorkflowAsync(_file, options);
        var run = await hub.RunAsync(hub.DefaultReasoner, "x");

        Assert.True(run.Status == RunStatus.Completed, run.Failure?.Message);
    }
}
