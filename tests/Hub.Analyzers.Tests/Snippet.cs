using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Hub.Analyzers.Tests;

/// <summary>Compiles a piece of code in memory against the real contracts and runs the analyzer over it.</summary>
/// <remarks>Expected diagnostics are marked <c>[|ID:text|]</c>; the markers are removed before compiling.</remarks>
internal static class Snippet
{
    private const string Usings = """
        using System; using System.Collections.Concurrent; using System.Collections.Frozen; using System.Collections.Generic;
        using System.Diagnostics; using System.IO; using System.Linq; using System.Net.Http; using System.Security.Cryptography;
        using System.Threading; using System.Threading.Tasks; using Hub.Abstractions; using Microsoft.Extensions.AI;

        """;

    private static readonly ImmutableArray<MetadataReference> s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    /// <summary>Asserts that the analyzer reports exactly what is marked.</summary>
    public static async Task HoldsAsync(string marked)
    {
        var (code, expected) = Unmark(Usings + marked);
        Assert.Equal(expected, await AnalyzeAsync(code));
    }

    /// <summary>Asserts the same of statements in the body of a reasoner.</summary>
    public static Task HoldsInReasonerAsync(string marked) => HoldsAsync($$"""
        public sealed class Sample(HttpClient http, TimeProvider time) : IReasoner
        {
            private readonly HashSet<string> names = ["b", "a"];
            private readonly Dictionary<string, int> counts = [];
            private readonly ConcurrentDictionary<string, int> shared = new();
            public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
            {
                await Task.CompletedTask;
                {{marked}}
                return run.Answer(names.Count + counts.Count + shared.Count + time.ToString() + http.ToString());
            }
        }
        """);

    /// <summary>Diagnostics of <paramref name="code"/> as <c>ID:text</c>, in order of place.</summary>
    public static async Task<IReadOnlyList<string>> AnalyzeAsync(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code);
        var compilation = CSharpCompilation.Create("Snippet", [tree], s_references, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        var found = await compilation.WithAnalyzers([new RunUseAnalyzer()]).GetAllDiagnosticsAsync();
        return [.. found.Where(d => d.Id.StartsWith("HUB", StringComparison.Ordinal) || d.Id.StartsWith("AD", StringComparison.Ordinal))
            .OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)
            .Select(d => $"{d.Id}:{tree.GetText().ToString(d.Location.SourceSpan)}")];
    }

    /// <summary>Messages of the diagnostics of <paramref name="body"/>, placed in a function over a run.</summary>
    public static async Task<IReadOnlyList<string>> MessagesAsync(string body)
    {
        var tree = CSharpSyntaxTree.ParseText(Usings + "static class C { static async Task F(IRun run, HttpClient http) { await Task.CompletedTask; " + body + " } }");
        var compilation = CSharpCompilation.Create("Snippet", [tree], s_references, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var found = await compilation.WithAnalyzers([new RunUseAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(d => $"{d.Id} {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")];
    }

    private static (string Code, List<string> Expected) Unmark(string marked)
    {
        var code = new System.Text.StringBuilder();
        var expected = new List<string>();
        var at = 0;
        for (var open = marked.IndexOf("[|", StringComparison.Ordinal); open >= 0; open = marked.IndexOf("[|", at, StringComparison.Ordinal))
        {
            var close = marked.IndexOf("|]", open, StringComparison.Ordinal);
            var mark = marked[(open + 2)..close];
            expected.Add(mark);
            code.Append(marked, at, open - at).Append(mark, mark.IndexOf(':', StringComparison.Ordinal) + 1, mark.Length - mark.IndexOf(':', StringComparison.Ordinal) - 1);
            at = close + 2;
        }

        return (code.Append(marked, at, marked.Length - at).ToString(), expected);
    }
}
