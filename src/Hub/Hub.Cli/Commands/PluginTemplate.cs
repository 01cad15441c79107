using System.Globalization;
using Hub.Abstractions;
using Hub.Core.Plugins;

namespace Hub.Cli.Commands;

/// <summary>The project that <c>hub plugins new</c> writes. It compiles against the assemblies of this very hub, so that contract and shared versions fit.</summary>
internal static class PluginTemplate
{
    private const int MaxName = 40;

    /// <summary>Writes the project.</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="UsageException">The name is none, or the folder has files already.</exception>
    public static IReadOnlyList<string> Write(string id, string folder)
    {
        if (id.Length is 0 or > MaxName || !char.IsAsciiLetterLower(id[0]) || id.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            throw new UsageException($"'{id}' is no name for a plugin: a lower-case letter, then lower-case letters, digits and dashes are needed, {MaxName} at most. Write: hub plugins new weather");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UsageException($"The folder '{folder}' has files already. Name an empty or a new one with --output.");
        var name = string.Concat(id.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(part => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(part)));
        var tool = id.Replace('-', '_');
        Dictionary<string, string> files = new()
        {
            [$"{name}.csproj"] = Project,
            [$"{name}Plugin.cs"] = Code.Replace("NAME", name, StringComparison.Ordinal).Replace("TOOL", tool, StringComparison.Ordinal),
            [PluginManifest.FileName] = Manifest(id, name),
            ["workflow.yml"] = WorkflowFile.Replace("TOOL", tool, StringComparison.Ordinal),
        };
        Directory.CreateDirectory(folder);
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Combine(folder, file), text);
        return [.. files.Keys.Select(f => Path.Combine(folder, f))];
    }

    private static string Manifest(string id, string name) => new PluginManifest
    {
        Id = id,
        Version = "1.0.0",
        Description = "Says hello.",
        Contract = new PluginContractRange(HubContract.Version.ToString(2), $"{HubContract.Version.Major + 1}.0", HubContract.MicrosoftExtensionsAI),
        Assembly = $"{name}.dll",
        Capabilities = ["reasoner", "tool"],
    }.ToJson() + "\n";

    private static string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <EnableDynamicLoading>true</EnableDynamicLoading>
            <OutputPath>bin/</OutputPath>
            <AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
            <!-- What hub and plugin share; other packages are the plugin's own and are copied beside it. -->
            <HubLibraries Condition="'$(HubLibraries)' == ''">{AppContext.BaseDirectory}</HubLibraries>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="Hub.Abstractions" HintPath="$(HubLibraries)Hub.Abstractions.dll" Private="false" />
            <Reference Include="Microsoft.Extensions.AI.Abstractions" HintPath="$(HubLibraries)Microsoft.Extensions.AI.Abstractions.dll" Private="false" />
            <Reference Include="Microsoft.Extensions.AI.Evaluation" HintPath="$(HubLibraries)Microsoft.Extensions.AI.Evaluation.dll" Private="false" />
            <Reference Include="Microsoft.Extensions.DependencyInjection.Abstractions" HintPath="$(HubLibraries)Microsoft.Extensions.DependencyInjection.Abstractions.dll" Private="false" />
            <Reference Include="Microsoft.Extensions.Logging.Abstractions" HintPath="$(HubLibraries)Microsoft.Extensions.Logging.Abstractions.dll" Private="false" />
            <None Include="hub-plugin.json" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>

        """;

    private const string Code = """
        using System.ComponentModel;
        using Hub.Abstractions;
        using Microsoft.Extensions.AI;

        namespace NAME;

        /// <summary>What the plugin brings. Types are registered here; they are made when a workflow names them.</summary>
        public sealed class NAMEPlugin : IHubPlugin
        {
            public void Configure(IHubRegistry hub) => hub
                .AddTool<GreetingOptions>("TOOL_greet", (options, _) => HubTool.Create(
                    ([Description("Who is greeted.")] string name) => $"{options.Greeting}, {name}!", "TOOL_greet", Redo.Freely, "Greets somebody."))
                .AddReasoner<GreetingOptions>("TOOL_greeter", (options, _) => new Greeter(options));
        }

        /// <summary>Keys of the workflow file: <c>greeting: Good morning</c>.</summary>
        public sealed class GreetingOptions
        {
            /// <summary>The greeting.</summary>
            public string Greeting { get; set; } = "Hello";
        }

        /// <summary>The shortest reasoner: greets whoever it is given.</summary>
        public sealed class Greeter(GreetingOptions options) : IReasoner
        {
            public Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) =>
                Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{options.Greeting}, {request.Messages[^1].Text}!")));
        }

        """;

    private const string WorkflowFile = """
        # hub run --config_file workflow.yml --input Ada
        workflow:
          _type: TOOL_greeter
          greeting: Good morning

        """;
}
