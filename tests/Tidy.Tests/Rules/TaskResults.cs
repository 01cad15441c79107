using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>Product code never blocks on a task's <c>Result</c>, unless a comment on the line or above it says that the task is complete.</summary>
/// <remarks>
/// <c>Result</c> is a common name, so all files are bound as one compilation against the framework alone. What comes from
/// packages stays unknown and is not judged, which is enough for tasks and needs no build.
/// </remarks>
internal sealed class TaskResults(IReadOnlyList<SourceFile> source)
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly string[] _tasks = ["System.Threading.Tasks.Task<TResult>", "System.Threading.Tasks.ValueTask<TResult>"];

    public IEnumerable<Finding> Check()
    {
        var trees = source.Select(f => f.Root.SyntaxTree).ToList();
        var compilation = CSharpCompilation.Create("src", [CSharpSyntaxTree.ParseText(ImplicitUsings), .. trees], Framework(), new(OutputKind.DynamicallyLinkedLibrary));
        foreach (var (file, tree) in source.Zip(trees))
        {
            var accesses = file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(a => a.Name.Identifier.Text == "Result").ToList();
            if (accesses.Count == 0)
                continue;
            var model = compilation.GetSemanticModel(tree);
            foreach (var access in accesses.Where(a => _tasks.Contains(model.GetTypeInfo(a.Expression).Type?.OriginalDefinition.ToDisplayString())))
            {
                if (!SaysComplete(file, access))
                    yield return file.At(access, $"'{access}' blocks a thread until the task ends: await it, or say in a comment why it is complete here.");
            }
        }
    }

    private static bool SaysComplete(SourceFile file, SyntaxNode node)
    {
        var line = node.GetLocation().GetLineSpan().StartLinePosition.Line;
        return file.Lines[Math.Max(0, line - 1)..(line + 1)]
            .Any(text => text.IndexOf("//", StringComparison.Ordinal) is >= 0 and var at && text[at..].Contains("complete", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<MetadataReference> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] needed = ["System.Runtime.dll", "System.Private.CoreLib.dll", "System.Collections.dll", "System.Linq.dll", "System.Threading.dll", "System.Collections.Concurrent.dll"];
        return needed.Select(name => MetadataReference.CreateFromFile(Path.Combine(folder, name)));
    }
}
