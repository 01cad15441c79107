using Hub.Abstractions;
using Hub.Core;
using Hub.Hosting;
using Hub.Hosting.Tests.Workflows;
using Hub.Workflows;

namespace Toolkit.Examples.Tests;

/// <summary>
/// The toolkit's own example files, both dialects, end to end: their functions come from plugins in folders, services that are somewhere else from a tape,
/// models say what <c>runs.json</c> has; everything between is the hub.
/// </summary>
public sealed class ToolkitFileTests : IDisposable
{
    private const int LeastFiles = 40;
    private readonly PluginFolders _plugins = new("Toolkit.Examples", "ToolTape");

    public static TheoryData<string> Files => [.. ScriptedRun.All.SelectMany(r => r.Files)];

    public void Dispose() => _plugins.Dispose();

    [Fact]
    public void Runs_Files_AreManyAndEachStandsOnce()
    {
        string[] files = [.. ScriptedRun.All.SelectMany(r => r.Files)];

        Assert.True(files.Length >= LeastFiles);
        Assert.Equal(files.Length, files.Distinct().Count());
    }

    [ToolkitTheory]
    [MemberData(nameof(Files))]
    public async Task File_Scripted_CallsItsToolsAndAnswers(string file)
    {
        var script = ScriptedRun.All.Single(r => r.Files.Contains(file));
        var path = Path.Combine(SharedToolkit.Folder!, file);
        var options = new WorkflowHubOptions
        {
            Plugins = _plugins.Host,
            Overrides = [.. script.Overrides ?? new Dictionary<string, string>(), .. Models(path, script)],
            Person = script.Person is { } said ? new Person(said) : null,
        };
        if (script.Script.Count > 0)
            options.Llm = WorkflowDocument.Load(path).Section("llms").Keys.Order(StringComparer.Ordinal).First();

        await using var hub = await HubHost.FromWorkflowAsync(path, options);
        var handle = hub.Start(hub.DefaultReasoner, ReasonerRequest.From(script.Ask));
        var run = await handle.Completion;

        Assert.True(run.Status == RunStatus.Completed, run.Failure?.Message);
        Assert.Equal(script.Answer, run.Text);
        foreach (var (tool, part) in script.Saw ?? new Dictionary<string, string>())
            Assert.Contains(await SaidAsync(handle, tool), said => said.Contains(part, StringComparison.Ordinal));
    }

    /// <summary>One scripted model in place of all models of the file, so that its replies come in the order in which they are asked for.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Models(string path, ScriptedRun script)
    {
        if (script.Script.Count == 0)
            yield break;
        var name = WorkflowDocument.Load(path).Section("llms").Keys.Order(StringComparer.Ordinal).First();
        yield return new($"llms.{name}._type", "scripted_llm");
        yield return new($"llms.{name}.replies", script.Replies());
    }

    private static async Task<List<string>> SaidAsync(IRunHandle handle, string tool)
    {
        List<string> said = [];
        var isScope = false;
        await foreach (var entry in handle.ReadEventsAsync())
        {
            // A tool's result stands in its own event; what an agent says as a tool stands in the next request to the model that called it.
            isScope |= entry.Name == tool && entry.Kind == RunEventKind.FunctionStart;
            if ((entry.Name == tool && entry.Output is not null) || (isScope && entry.Kind == RunEventKind.LlmStart))
            {
                var text = EventText.Full(entry, handle.Payload);
                said.Add(text.StartsWith('"') ? System.Text.Json.JsonSerializer.Deserialize<string>(text)! : text);
            }
        }

        return said;
    }

    private sealed class Person(string says) : IPerson
    {
        public Task<string?> AskAsync(PersonPrompt prompt, CancellationToken cancellationToken) => Task.FromResult<string?>(says);
    }
}
