using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>Files of at most 500 lines, bodies of at most 70, lines of at most 200 columns unless they hold a string.</summary>
internal sealed class Sizes(ExceptionList exceptions) : IRule
{
    private const int MaxFileLines = 500;
    private const int MaxBodyLines = 70;
    private const int MaxColumns = 200;

    public bool AppliesTo(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        if (file.Lines.Length > MaxFileLines && !exceptions.Allows(file.Path, "file"))
            yield return file.At(1, $"{file.Lines.Length} lines; at most {MaxFileLines}: split the file.");

        foreach (var body in file.Root.DescendantNodes().OfType<BlockSyntax>().Where(b => b.Parent is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax))
        {
            var span = body.GetLocation().GetLineSpan();
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line - 1;
            if (lines > MaxBodyLines && !exceptions.Allows(file.Path, "body"))
                yield return file.At(body, $"a body of {lines} lines; at most {MaxBodyLines}: give its parts names.");
        }

        for (var line = 0; line < file.Lines.Length; line++)
            if (file.Lines[line].Length > MaxColumns && !file.Lines[line].Contains('"') && !exceptions.Allows(file.Path, "columns"))
                yield return file.At(line + 1, $"{file.Lines[line].Length} columns; at most {MaxColumns}: break the line.");
    }
}
