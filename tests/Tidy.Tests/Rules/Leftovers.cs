using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using System.Text.RegularExpressions;

namespace Tidy.Tests.Rules;

/// <summary>Empty catch blocks, notes to do something without an issue's number, and #region.</summary>
internal sealed partial class Leftovers : IRule
{
    public bool AppliesTo(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (var handler in file.Root.DescendantNodes().OfType<CatchClauseSyntax>())
            if (handler.Block.Statements.Count == 0 && !Says(handler.Block))
                yield return file.At(handler, "an empty catch: handle the failure, or say in it why nothing is to be done.");

        foreach (var trivia in file.Root.DescendantTrivia(descendIntoTrivia: true))
        {
            if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
                yield return file.At(trivia.GetLocation(), "#region: split the file instead.");
            else if (IsComment(trivia) && NoteWithoutIssue().IsMatch(trivia.ToString()))
                yield return file.At(trivia.GetLocation(), "a note to do something without an issue: write it as '#number', or do it.");
        }
    }

    private static bool Says(BlockSyntax block) => block.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b(?!.*#\d)")]
    private static partial Regex NoteWithoutIssue();
}
