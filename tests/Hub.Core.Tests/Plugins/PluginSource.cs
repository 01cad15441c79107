using System.Text.Json;
using Hub.Abstractions;
using Hub.Core.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Hub.Core.Tests.Plugins;

/// <summary>Compiles plugins for tests: a folder with an assembly and a manifest.</summary>
internal static class PluginSource
{
    private const string Usings = """
        using System; using System.Collections.Generic; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks;
        using Hub.Abstractions; using Microsoft.Extensions.AI; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Logging;
        """;

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))]);

    /// <summary>A plugin that registers the tool <c>answer</c>, which answers with a text.</summary>
    public static string Answering(string answer) => $$"""
        public sealed class Options { public string Suffix { get; set; } = ""; }
        public sealed class Plugin : IHubPlugin
        {
            public void Configure(IHubRegistry hub) => hub.AddTool<Options>("answer", (o, s) => HubTool.Create(() => "{{answer}}" + o.Suffix, "answer", Redo.Freely));
        }
        """;

    /// <summary>A folder with a plugin.</summary>
    /// <param name="folder">Where to; made.</param>
    /// <param name="code">Members of the file, without usings.</param>
    /// <param name="change">Changes the manifest; null for the usual one.</param>
    /// <param name="references">More assemblies to compile with.</param>
    public static string Build(string folder, string code, Func<PluginManifest, PluginManifest>? change = null, params string[] references)
    {
        Directory.CreateDirectory(folder);
        Compile(Path.Combine(folder, "Plugin.dll"), code, references);
        PluginManifest manifest = new()
        {
            Id = "test",
            Version = "1.0.0",
            Contract = new PluginContractRange("1.0", "2.0", HubContract.MicrosoftExtensionsAI),
            Assembly = "Plugin.dll",
            Capabilities = ["tool"],
        };
        File.WriteAllText(Path.Combine(folder, PluginManifest.FileName), (change?.Invoke(manifest) ?? manifest).ToJson());
        return folder;
    }

    /// <summary>Compiles a library.</summary>
    public static void Compile(string path, string code, params string[] references)
    {
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path), [CSharpSyntaxTree.ParseText(Usings + code)],
            [.. s_references.Value, .. references.Select(r => MetadataReference.CreateFromFile(r))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }
}
