using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy.Tests.Rules;

/// <summary>A warning that code switches off (pragma, attribute) stands in a list with its reason.</summary>
internal sealed class Suppressions(ExceptionList listed) : IRule
{
    public bool AppliesTo(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    public IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (var (node, id) in Pragmas(file).Concat(Attributes(file)).Where(s => !listed.Allows(file.Path, s.Id)))
            yield return file.At(node, $"{id} is switched off: cure it, or list it with a reason in eng/suppressions.txt.");
    }

    private static IEnumerable<(SyntaxNode Node, string Id)> Pragmas(SourceFile file) => file.Root.DescendantNodes(descendIntoTrivia: true)
        .OfType<PragmaWarningDirectiveTriviaSyntax>().Where(p => p.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword))
        .SelectMany(p => p.ErrorCodes.Count == 0 ? [((SyntaxNode)p, "everything")] : p.ErrorCodes.Select(c => ((SyntaxNode)p, c.ToString())));

    private static IEnumerable<(SyntaxNode Node, string Id)> Attributes(SourceFile file) => file.Root.DescendantNodes().OfType<AttributeSyntax>()
        .Where(a => a.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal) && a.ArgumentList?.Arguments.Count > 1)
        .Select(a => ((SyntaxNode)a, a.ArgumentList!.Arguments[1].ToString().Trim('"').Split(':')[0]));
}
