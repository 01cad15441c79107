using System.Runtime.CompilerServices;
using Hub.Hosting;
using Hub.Hosting.Tests.Workflows;

namespace Toolkit.Examples.Tests;

/// <summary><c>docs/compatibility.md</c> is what <c>hub workflow survey</c> says of the toolkit's files.</summary>
public sealed class CompatibilityTests : IDisposable
{
    private readonly PluginFolders _plugins = new("Toolkit.Examples", "ToolTape");

    public void Dispose() => _plugins.Dispose();

    [ToolkitFact]
    public void Survey_ToolkitFiles_IsThePage()
    {
        var page = File.ReadAllText(Page()).ReplaceLineEndings("\n");
        var from = page.IndexOf("\n175 files:", StringComparison.Ordinal);
        Assert.True(from >= 0, $"{Page()} has no survey. Write it with: hub workflow survey ../shared/data/toolkit --plugins FOLDER --markdown");

        Assert.Equal(page[from..], Survey().ToMarkdown(""));
    }

    [ToolkitFact]
    public void Survey_ToolkitFiles_AllButThreeLoadAndTheRestNameWhatTheyMiss()
    {
        var files = Survey().Files;

        Assert.Equal(175, files.Count);
        Assert.Equal(
            [
                "nat/examples/memory/memmachine/configuration.yml",
                "nat/examples/safety_and_security/retail_agent/src/nat_retail_agent/configs/red-teaming-with-defenses.yml",
                "nat/examples/safety_and_security/retail_agent/src/nat_retail_agent/configs/red-teaming.yml",
            ],
            files.Where(f => !f.Loads).Select(f => f.File));
        Assert.All(files.Where(f => f.File.Contains("red-teaming", StringComparison.Ordinal)), f => Assert.Contains("a red-team file, not a workflow", Assert.Single(f.Report.Mistakes).Message, StringComparison.Ordinal));
        Assert.All(files.Where(f => f.Loads && !f.Builds), f => Assert.NotEmpty(f.Needed));
        Assert.All(files.Where(f => f.Builds), f => Assert.Empty(f.Needed));
    }

    private WorkflowSurvey Survey() => WorkflowSurvey.Of(SharedToolkit.Folder!, new WorkflowHubOptions { Plugins = _plugins.Host });

    private static string Page([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "compatibility.md");
}
