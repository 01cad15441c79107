using System.Diagnostics;
using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class PluginsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-cli-plugins-").FullName;

    private string Plugins => Path.Combine(_folder, "plugins");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The way of docs/plugins.md, command by command.</summary>
    [Fact]
    public async Task Plugins_FromNewToRemoved_WorksAsTheGuideSays()
    {
        var project = Path.Combine(_folder, "weather");
        Assert.Equal(0, (await CliRun.Of("plugins", "new", "weather", "--output", project)).Code);
        await BuildAsync(project);
        var built = Path.Combine(project, "bin");

        var added = await CliRun.Of("plugins", "add", built, "--plugins", Plugins);
        Assert.StartsWith("added weather 1.0.0+", added.Output, StringComparison.Ordinal);
        var run = await CliRun.Of("run", "--config_file", Path.Combine(project, "workflow.yml"), "--plugins", Plugins, "--input", "Ada", "--run-log", "none", "-q");
        Assert.Equal("Good morning, Ada!\n", run.Output);

        var listed = JsonDocument.Parse((await CliRun.Of("plugins", "list", "--plugins", Plugins, "--json")).Output).RootElement[0];
        Assert.Equal("weather", listed.GetProperty("id").GetString());
        Assert.Equal("current", listed.GetProperty("state").GetString());

        var before = listed.GetProperty("version").GetString();
        File.AppendAllText(Path.Combine(project, "WeatherPlugin.cs"), "\n// Another build.\npublic sealed class Another;\n");
        await BuildAsync(project);
        Assert.DoesNotContain(before!, (await CliRun.Of("plugins", "reload", "weather", "--plugins", Plugins)).Output, StringComparison.Ordinal);

        Assert.Equal("removed weather\n", (await CliRun.Of("plugins", "remove", "weather", "--plugins", Plugins)).Output);
        Assert.Equal("[]\n", (await CliRun.Of("plugins", "list", "--plugins", Plugins, "--json")).Output);
    }

    [Theory]
    [InlineData(2, "is no name for a plugin", "plugins", "new", "Not A Name")]
    [InlineData(1, "has no hub-plugin.json", "plugins", "add", "nowhere")]
    [InlineData(1, "There is no plugin named 'x'", "plugins", "reload", "x")]
    [InlineData(1, "There is no plugin named 'x'", "plugins", "remove", "x")]
    [InlineData(2, "There is no folder 'nowhere'", "validate", "--config_file", "x.yml", "--plugins", "nowhere")]
    public async Task Plugins_WrongArguments_SayWhatIsNeeded(int code, string message, params string[] args)
    {
        var run = await CliRun.Of(args[0] == "plugins" && args[1] != "new" ? [.. args, "--plugins", Plugins] : args);

        Assert.Equal(code, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static async Task BuildAsync(string project)
    {
        var start = new ProcessStartInfo("dotnet", ["build", project, "--nologo", "-v", "quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);
    }
}
